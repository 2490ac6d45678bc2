import { describe, expect, test } from "vitest";
import { parseEnv } from "./env";
import { maskSecrets, secretValues } from "./mask-secrets";

const GOOD = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://dairy:hunter2-of-the-database@db.example:5432/dairy",
  PUBLIC_URL: "https://dairy.example",
  SESSION_SECRET: "0123456789abcdefghijklmnopqrstuvwxyz",
  CRON_SECRET: "zyxwvutsrqponmlkjihgfedcba9876543210",
} as NodeJS.ProcessEnv;

describe("a process refuses to start", () => {
  test.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ["without a database", { DATABASE_URL: "" } as never, /DATABASE_URL: set DATABASE_URL to postgresql:/],
    ["with another database", { DATABASE_URL: "mysql://db" } as never, /DATABASE_URL: set DATABASE_URL to postgresql:/],
    ["without a session secret", { SESSION_SECRET: "" } as never, /SESSION_SECRET: set SESSION_SECRET to at least 32/],
    ["with a short one", { SESSION_SECRET: "short" } as never, /SESSION_SECRET needs at least 32/],
    [
      "with a long one that anybody guesses",
      { SESSION_SECRET: "changeme".repeat(5) } as never,
      /SESSION_SECRET is too easy to guess.*openssl rand/,
    ],
    ["with zeros as the secret of schedulers", { CRON_SECRET: "0".repeat(40) } as never, /CRON_SECRET is too easy/],
    ["with one secret for two things", { CRON_SECRET: GOOD.SESSION_SECRET } as never, /CRON_SECRET must differ/],
    ["without saying its address", { PUBLIC_URL: "http://dairy.example" } as never, /PUBLIC_URL: set PUBLIC_URL to an https address/],
    ["with a port that is none", { PORT: "http" } as never, /PORT: /],
    ["with a flag that is none", { TRUSTED_PROXY: "maybe" } as never, /TRUSTED_PROXY: /],
  ])("%s, and says what to set", (_, change, message) => {
    expect(() => parseEnv({ ...GOOD, ...change })).toThrow(message);
  });

  test("naming every wrong variable at once, and no secret", () => {
    const wrong = { ...GOOD, SESSION_SECRET: "hunter2-too-short", PORT: "x" };
    expect(() => parseEnv(wrong)).toThrow(/SESSION_SECRET[^]*PORT|PORT[^]*SESSION_SECRET/);
    expect(() => parseEnv(wrong)).not.toThrow(/hunter2/);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ["everything said", GOOD],
    ["on one machine, over http", { ...GOOD, PUBLIC_URL: "http://192.168.1.5:3000", EMBEDDED: "true" }],
    ["tried out behind no proxy", { ...GOOD, PUBLIC_URL: "http://localhost:3000" }],
    ["in development", { ...GOOD, NODE_ENV: "development", PUBLIC_URL: "http://dev.example" }],
  ])("but not with %s", (_, environment) => {
    expect(parseEnv(environment).SESSION_SECRET).toBe(GOOD.SESSION_SECRET);
  });
});

describe("secrets in logs", () => {
  test("passwords in URLs are masked, whoever's they are", () => {
    expect(maskSecrets("cannot reach postgresql://dairy:s3cr%21et@db:5432/x, smtps://u:p@mail")).toBe(
      "cannot reach postgresql://dairy:[redacted]@db:5432/x, smtps://u:[redacted]@mail",
    );
    expect(maskSecrets("http://localhost:3000/devices at 12:30 by a@b.example")).toBe(
      "http://localhost:3000/devices at 12:30 by a@b.example",
    );
  });

  test("the process's own are known by value, plain and encoded", () => {
    expect(secretValues({ ...GOOD, MQTT_URL: "mqtts://u:p%40ssw0rd@broker", SETUP_CODE: "ABCD-EFGH-JKLM", SMTP_URL: "nonsense" })).toEqual(
      expect.arrayContaining([
        GOOD.SESSION_SECRET,
        GOOD.CRON_SECRET,
        "hunter2-of-the-database",
        "p%40ssw0rd",
        "p@ssw0rd",
        "ABCD-EFGH-JKLM",
      ]),
    );
    expect(secretValues({ ...GOOD, METRICS_SECRET: "", MQTT_PASSWORD: "abc" })).not.toContain("abc");
  });
});
