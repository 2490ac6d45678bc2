import { execFile } from "node:child_process";
import { readFile, rm, writeFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { webhookDataSchema, type WebhookMessage } from "@/server/domain/webhooks/payloads";
import { WEBHOOK_EVENT_MEANINGS, WEBHOOK_EVENT_TYPES } from "@/server/domain/webhooks/vocabulary";
import { newWebhookSecret, signedHeaders } from "./secrets";

const run = promisify(execFile);
let text: string;
beforeAll(async () => {
  text = await readFile("docs/webhooks.md", "utf8");
});
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] ?? "");

test("the table of events is the vocabulary", () => {
  const rows = [...text.matchAll(/^\| `([a-z_]+\.[a-z_]+)` +\| (.+?) +\|$/gm)].map(([, type, meaning]) => [type, meaning]);
  expect(rows).toEqual(Object.entries(WEBHOOK_EVENT_MEANINGS));
});

test("the examples hold what is promised, and stand for every type", () => {
  const examples = blocks("json").map((block) => JSON.parse(block) as WebhookMessage);
  const shapes = new Set(WEBHOOK_EVENT_TYPES.map(webhookDataSchema));
  for (const { type, data } of examples) {
    if (type === "ping") continue;
    const schema = webhookDataSchema(type);
    expect(schema.safeParse(data).error?.issues ?? []).toEqual([]);
    shapes.delete(schema);
  }
  expect(shapes.size).toBe(0);
  expect(examples.map(({ type }) => type)).toContain("ping");
});

describe("the verification that receivers copy", () => {
  const [secret, former, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
  const body = JSON.stringify({ type: "ping", data: { webhook: "Stall 4 „links“ 🐄" } });
  const now = new Date();
  const genuine = signedHeaders({ id: "m1", body, at: now }, [secret]);
  const old = signedHeaders({ id: "m1", body, at: new Date(now.getTime() - 600_000) }, [secret]);
  const future = signedHeaders({ id: "m1", body, at: new Date(now.getTime() + 600_000) }, [secret]);
  const both = signedHeaders({ id: "m1", body, at: now }, [secret, former]);
  const CASES: [Record<string, string>, string, boolean][] = [
    [genuine, body, true],
    [both, body, true],
    [genuine, `${body} `, false],
    [{ ...genuine, "webhook-id": "m2" }, body, false],
    [{ ...genuine, "webhook-timestamp": String(Number(genuine["webhook-timestamp"]) + 1) }, body, false],
    [{ ...genuine, "webhook-timestamp": "soon" }, body, false],
    [signedHeaders({ id: "m1", body, at: now }, [other]), body, false],
    [old, body, false],
    [future, body, false],
    [{ ...genuine, "webhook-signature": "" }, body, false],
    [{ ...genuine, "webhook-signature": "v1" }, body, false],
    [{}, body, false],
  ];
  const expected = CASES.map(([, , isGenuine]) => isGenuine);
  const rotated = [true, true];

  test("in TypeScript", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-webhooks-"));
    const file = path.join(folder, "verify.ts");
    await writeFile(file, blocks("ts")[0] ?? "");
    const { isGenuine } = (await import(/* @vite-ignore */ file)) as {
      isGenuine: (secret: string, headers: Record<string, string>, body: string) => boolean;
    };
    expect(CASES.map(([headers, text]) => isGenuine(secret, headers, text))).toEqual(expected);
    expect([secret, former].map((one) => isGenuine(one, both, body))).toEqual(rotated);
    await rm(folder, { recursive: true });
  });

  test("in Python", async ({ skip }) => {
    const hasPython = await run("python3", ["--version"]).then(
      () => true,
      () => false,
    );
    if (!hasPython) skip("there is no python3 on this machine");
    const code = [
      blocks("python")[0],
      "import json, sys",
      "cases = json.loads(sys.argv[1])",
      'print(json.dumps([is_genuine(c["secret"], c["headers"], c["body"].encode()) for c in cases]))',
    ].join("\n");
    const cases = [
      ...CASES.map(([headers, text]) => ({ secret, headers, body: text })),
      ...[secret, former].map((one) => ({ secret: one, headers: both, body })),
    ];
    const { stdout } = await run("python3", ["-c", code, JSON.stringify(cases)]);
    expect(JSON.parse(stdout)).toEqual([...expected, ...rotated]);
  });
});
