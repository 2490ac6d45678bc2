import { addressRefusal } from "./address-rules";

const PORTS = new Set(["", "443", "8443"]);

/**
 * Why the server does not fetch from a URL that somebody gave it; `undefined` = it may try, and then checks the
 * addresses behind the name as well (specification Task 1.2 `download_url`, DESIGN 10).
 * @param allowedHosts the only ones that may be asked; empty = any
 */
export function outsideUrlRefusal(text: string, allowedHosts: readonly string[] = []): string | undefined {
  if (!URL.canParse(text)) return "Not a web address";
  const url = new URL(text);
  if (url.protocol !== "https:") return "Only https:// addresses";
  if (url.username !== "" || url.password !== "") return "Without user name and password";
  if (!PORTS.has(url.port)) return "Only on port 443 or 8443";
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const literal = addressRefusal(host);
  if (literal === "not_public" || (literal === "unreadable" && isLocalName(host))) return "Only servers on the public internet";
  if (allowedHosts.length > 0 && !allowedHosts.includes(host)) return `Only from ${allowedHosts.join(", ")}`;
  return undefined;
}

/** Names that lead nowhere outside, whatever a resolver makes of them (RFC 6761, 6762, 8375, 9476). */
function isLocalName(host: string): boolean {
  return !host.includes(".") || /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|invalid|test|home\.arpa|alt)$/i.test(host);
}
