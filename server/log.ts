import { Writable } from "node:stream";
import { pino, destination as openDestination, type Logger } from "pino";
import pretty from "pino-pretty";
import { maskSecrets } from "./mask-secrets";

const level = process.env.LOG_LEVEL ?? "info";

const NAMES = ["password", "secret", "token", "apiKey", "authorization", "cookie", "setCookie"];
const redact = {
  paths: ["", "*.", "*.*.", "*.*.*."].flatMap((at) => [
    ...NAMES.map((name) => `${at}${name}`),
    `${at}["set-cookie"]`,
    `${at}["x-api-key"]`,
  ]),
  censor: "[redacted]",
};

const stdout = openDestination({ fd: 1, sync: true });
/** The last look at every line: values that this process knows to be secret never leave it, wherever they came from. */
const masked = { write: (line: string) => void stdout.write(maskSecrets(line)) };

const root: Logger =
  process.env.LOG_FORMAT === "pretty"
    ? pino(
        { level, redact, base: null },
        pretty({
          colorize: process.stdout.isTTY,
          ignore: "pid,hostname,component",
          translateTime: "SYS:HH:MM:ss",
          messageFormat: "{component} {msg}",
          destination: new Writable({
            write(chunk: Buffer, _encoding, done) {
              masked.write(chunk.toString());
              done();
            },
          }),
        }),
      )
    : pino({ level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, masked);

/** A structured logger for one component; secrets under the usual names, and known ones anywhere, are redacted. */
export function logFor(component: string): Logger {
  return root.child({ component });
}
