import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/openapi.json/route";
import { testApiKey } from "@/server/testing/api-keys";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testTarget } from "@/server/testing/isolation/target";
import { callRest } from "@/server/testing/rest";
import { REST_BASE } from "./find-route";

const database = useTestDatabase();
const RUNS = Number(process.env.FUZZ_RUNS ?? 30);
/** The same requests at every run; other ones by FUZZ_SEED. */
const SEED = Number(process.env.FUZZ_SEED ?? 92);

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
const document = (await GET().json()) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: operation.operationId,
    path: path.slice(REST_BASE.length),
    method: method.toUpperCase(),
    operation,
  })),
);

let ids: string[];
beforeAll(async () => {
  const { db } = database;
  const target = await testTarget(db, { farmId: (await testFarm(db)).id, lifecycle: "active" });
  ids = [
    target.deviceId,
    target.farmId,
    target.groupId,
    target.tagId,
    target.alertId,
    target.firmwareId,
    target.rolloutId,
    target.diagnosticId,
  ];
});

const NASTY = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "null",
  "-1",
  "1e400",
  "NaN",
  "' OR 1=1 --",
  "../../etc/passwd",
  "%00",
  "🐄".repeat(40),
  "\ud800",
  "x".repeat(5_000),
  "{}",
  "[]",
  "__proto__",
];
const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("MM001", "2026-03-10T22:00:00Z"),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, -0),
  fc.array(text, { maxLength: 3 }),
  fc.constantFrom({ a: { b: { c: { d: [[[[]]]] } } } }, { __proto__: 1 }, { length: 1e9 }),
);

/** A value that mostly fits the schema, with one in four replaced by something that does not. */
function valueOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: fittingValueOf(schema, depth) }, { weight: 1, arbitrary: junk });
}

function fittingValueOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 5) return fc.constant(null);
  if (schema.$ref) return fittingValueOf(document.components.schemas[schema.$ref.split("/").at(-1)!]!, depth + 1);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fittingValueOf(choice, depth + 1)));
  if (schema.properties)
    return fc.record(
      Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, valueOf(property, depth + 1)])),
      {
        requiredKeys: [],
      },
    );
  const type = [schema.type ?? "string"].flat()[0];
  if (type === "array") return fc.array(valueOf(schema.items ?? {}, depth + 1), { maxLength: 3 });
  if (type === "integer" || type === "number") return fc.oneof(fc.integer({ min: -5, max: 300 }), fc.double());
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  return fc.oneof(
    text,
    fc.nat().map((index) => ids[index % ids.length]!),
  );
}

function requestOf({
  path,
  operation,
}: (typeof operations)[number]): fc.Arbitrary<{ url: string; raw: string | undefined; headers: Record<string, string> }> {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
  const [bodyType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const id = fc.oneof(
    text,
    fc.nat().map((index) => ids[index % ids.length]!),
  );
  return fc
    .record({
      id,
      query: fc.array(
        fc.oneof(
          ...[fc.tuple(fc.constantFrom("x", "__proto__"), junk)],
          ...query.map(({ name, schema }) => fc.tuple(fc.constant(name), valueOf(schema))),
        ),
        { maxLength: 4 },
      ),
      body: body ? fc.oneof({ weight: 5, arbitrary: valueOf(body.schema) }, { weight: 1, arbitrary: junk }) : fc.constant(undefined),
      header: fc.option(fc.constantFrom("*", '"1"', '"1.x"', "W/", "1", "ÿ"), { nil: undefined }),
    })
    .map((made) => {
      const search = made.query.flatMap(([name, value]) => [value].flat().map((one) => `${encodeURIComponent(name)}=${safe(textOf(one))}`));
      const raw = made.body === undefined ? undefined : bodyType === "text/csv" ? textOf(made.body) : JSON.stringify(made.body);
      return {
        url: `${path.replace("{id}", safe(made.id) || "%20")}${search.length > 0 ? `?${search.join("&")}` : ""}`,
        raw,
        headers: {
          ...(bodyType ? { "content-type": bodyType } : {}),
          ...(made.header ? { "if-match": made.header, "if-none-match": made.header } : {}),
        },
      };
    });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function safe(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, "�"));
}

describe("whatever is sent, nobody's request breaks the server", () => {
  test.each(operations)("$name", { timeout: 120_000 }, async (operation) => {
    const { authorization } = await testApiKey(database.db);
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requestOf(operation), async ({ url, raw, headers }) => {
        const answer = await callRest(operation.method, url, { raw, headers: { authorization, ...headers } });
        statuses.add(answer.status);
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toMatch(/\n\s+at |node_modules|prisma|\.ts:\d/i);
        if (answer.status < 400) return;
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        expect(answer.body).toMatchObject({
          status: answer.status,
          code: expect.any(String) as string,
          detail: expect.any(String) as string,
        });
      }),
      {
        seed: SEED,
        numRuns: RUNS,
        endOnFailure: true,
        examples:
          operation.name === "importDevices"
            ? [[{ url: "/devices/import?defaultFarm=%00", raw: "a", headers: { "content-type": "text/csv" } }]]
            : [],
      },
    );
    // It was not all turned away at the door.
    expect([...statuses].every((status) => status === 401 || status === 429)).toBe(false);
  });
});
