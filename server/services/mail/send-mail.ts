import { createTransport } from "nodemailer";
import { env } from "@/server/env";

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Whether an SMTP server is configured; without one, links are shown to copy instead. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Sends one plain-text message over the configured SMTP server. @throws when it does not accept the message */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) throw new Error("SMTP_URL is not set");
  const transport = createTransport(SMTP_URL);
  try {
    await transport.sendMail({ from: MAIL_FROM, ...mail });
  } finally {
    transport.close();
  }
}
