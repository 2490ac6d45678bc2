import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, vi } from "vitest";

interface ReceivedMail {
  to: string[];
  subject: string;
  text: string;
}

/**
 * A real SMTP server for each test, which `SMTP_URL` names. The environment is read once a module graph: import what is
 * under test inside the test (`await import("./send-mail")`).
 */
export function useMailServer() {
  const mails: ReceivedMail[] = [];
  const mail = {
    /** What it has accepted, in order. */
    received: mails,
    /** What it says to a message instead of accepting it. */
    refusal: undefined as string | undefined,
    /** As if the machine were away. */
    stop: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  let server: SMTPServer;

  beforeEach(async () => {
    mails.length = 0;
    mail.refusal = undefined;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          if (mail.refusal) return done(new Error(mail.refusal));
          mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), ...readMessage(Buffer.concat(chunks).toString()) });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.resetModules();
    vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.resetModules();
    await mail.stop();
  });

  return mail;
}

/** Subject and body of a plain-text message (RFC 5322, with RFC 2045 encodings and RFC 2047 words). */
function readMessage(raw: string): { subject: string; text: string } {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, " ");
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  const body = raw.slice(end + 4);
  const encoding = header("Content-Transfer-Encoding").toLowerCase();
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString()
      : encoding === "quoted-printable"
        ? fromQuotedPrintable(body.replace(/=\r\n/g, ""))
        : body;
  const subject = header("Subject")
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(word, "base64").toString() : fromQuotedPrintable(word.replaceAll("_", " ")),
    );
  return { subject, text: text.replace(/\r\n/g, "\n") };
}

function fromQuotedPrintable(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString();
}
