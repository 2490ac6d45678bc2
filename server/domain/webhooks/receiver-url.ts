import { outsideUrlRefusal } from "../net/outside-url";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL leads to this machine itself, without credentials in it. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && LOOPBACK.test(hostname) && username === "" && password === "";
}

/**
 * Why messages are not sent to a URL; `undefined` = they may be, and the address behind the name is checked each time.
 * @param allowLoopback for development and tests: receivers on this machine, also by http and on any port
 */
export function receiverUrlRefusal(text: string, { allowLoopback }: { allowLoopback: boolean }): string | undefined {
  if (allowLoopback && isLoopbackUrl(text)) return undefined;
  return outsideUrlRefusal(text);
}
