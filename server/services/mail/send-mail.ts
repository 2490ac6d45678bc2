import { createTransport } from "nodemailer";
import { env } from "@/server/env";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** A server that does not answer within these keeps nobody waiting. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;
const MAX_CONNECTIONS = 4;

/** Whether an SMTP server is configured; without one, links are shown to copy instead. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Sends one plain-text message over the configured SMTP server. @throws when it does not accept the message */
export async function sendMail(mail: Mail): Promise<void> {
  const [error] = await sendMails([mail]);
  if (error) throw error;
}

/**
 * Sends messages over a few connections to the configured SMTP server.
 * @returns for each, in their order, why it was not accepted; `undefined` = it was
 */
export async function sendMails(mails: readonly Mail[]): Promise<(Error | undefined)[]> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) return mails.map(() => new Error("No mail server is set up (SMTP_URL)."));
  const transport = createTransport({
    url: SMTP_URL,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
  });
  try {
    const results = await Promise.allSettled(mails.map((mail) => transport.sendMail({ from: MAIL_FROM, ...mail })));
    return results.map((result) => (result.status === "rejected" ? asError(result.reason) : undefined));
  } finally {
    transport.close();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
