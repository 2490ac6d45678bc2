import { pino, type Logger } from "pino";
import pretty from "pino-pretty";

const level = process.env.LOG_LEVEL ?? "info";

const redact = {
  paths: ["password", "secret", "token", "*.password", "*.secret", "*.token", "headers.authorization", "headers.cookie"],
  censor: "[redacted]",
};

const root: Logger =
  process.env.LOG_FORMAT === "pretty"
    ? pino(
        { level, redact, base: null },
        pretty({
          sync: true,
          colorize: process.stdout.isTTY,
          ignore: "pid,hostname,component",
          translateTime: "SYS:HH:MM:ss",
          messageFormat: "{component} {msg}",
        }),
      )
    : pino({ level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** A structured logger for one component; secrets under the usual names are redacted. */
export function logFor(component: string): Logger {
  return root.child({ component });
}
