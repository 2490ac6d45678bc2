import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { callRest, FARM_SCOPES } from "@/server/testing/rest";
import { testApiKey } from "@/server/testing/api-keys";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testTarget } from "@/server/testing/isolation/target";
import type { Target } from "@/server/testing/isolation/expectation";

const database = useTestDatabase();
let target: Target;
let authorization: string;

beforeAll(async () => {
  const { db } = database;
  target = await testTarget(db, { farmId: (await testFarm(db)).id, lifecycle: "active" });
  ({ authorization } = await testApiKey(db, { farmIds: [target.farmId], scopes: FARM_SCOPES }));
});

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  callRest(method, path, { body, headers: { authorization, ...headers } });

describe("what specification 7.2 names", () => {
  test("GET /devices/{id}/health", async () => {
    const { status, body } = await call("GET", `/devices/${target.deviceId}/health`);
    expect([status, body]).toMatchObject([
      200,
      { deviceId: target.deviceId, status: "unknown", thresholds: { lowBatteryThreshold: expect.any(Number) as number } },
    ]);
  });

  test("POST /devices/{id}/diagnostic starts one, says where its report will be, and does not start a second", async () => {
    const { deviceId } = await testDevice(database.db, { farmId: target.farmId, lifecycle: "active" });
    const first = await call("POST", `/devices/${deviceId}/diagnostic`);
    expect([first.status, first.body]).toMatchObject([202, { isNew: true }]);
    const report = await call("GET", first.headers.get("location")!.replace("/api/v1/iot", ""));
    expect(report.body).toMatchObject({ id: first.body.diagnosticId, deviceId, state: "running" });
    expect((await call("POST", `/devices/${deviceId}/diagnostic`)).body).toMatchObject({
      isNew: false,
      diagnosticId: first.body.diagnosticId,
    });
    const list = await call("GET", `/devices/${deviceId}/diagnostics`);
    expect(list.body).toMatchObject({ diagnostics: [{ id: first.body.diagnosticId }], nextCursor: null });
  });

  test("POST /devices/{id}/restart", async () => {
    const { deviceId } = await testDevice(database.db, { farmId: target.farmId, lifecycle: "active" });
    const answer = await call("POST", `/devices/${deviceId}/restart`, { reason: "It hangs" });
    expect([answer.status, answer.body]).toMatchObject([202, { commandId: expect.any(String) as string }]);
    const commands = await call("GET", `/devices/${deviceId}/commands`);
    expect(commands.body).toMatchObject({
      commands: [{ id: answer.body.commandId, kind: "restart", reason: "It hangs", state: "queued" }],
    });
  });

  test("POST /firmware/update refuses what cannot be updated, by field", async () => {
    const answer = await call("POST", "/firmware/update", { deviceIds: ["ZZ9998"], firmwareId: target.firmwareId });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([expect.any(Number), "application/problem+json"]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test("GET /firmware/versions", async () => {
    expect((await call("GET", "/firmware/versions?state=stable&pageSize=1")).body).toMatchObject({
      versions: expect.any(Array) as unknown[],
    });
  });
});

test("farms say until when nothing is rolled out to them", async () => {
  const freeze = { freezeUntil: new Date("2099-01-04T06:00:00Z"), freezeReason: "Fair" };
  await database.db.farm.update({ where: { id: target.farmId }, data: freeze });
  const answer = await call("GET", "/farms");
  await database.db.farm.update({ where: { id: target.farmId }, data: { freezeUntil: null, freezeReason: null } });
  expect(answer.body).toMatchObject({ farms: [{ id: target.farmId, freezeUntil: "2099-01-04T06:00:00.000Z", freezeReason: "Fair" }] });
});

describe("devices", () => {
  test("are registered, read, changed with If-Match, and found again", async () => {
    const created = await call("POST", "/devices", { deviceId: "RE0001", name: "Stall 7", type: "milk_meter", farmId: target.farmId });
    expect([created.status, created.headers.get("location"), created.body]).toEqual([
      201,
      "/api/v1/iot/devices/RE0001",
      { deviceId: "RE0001", credentials: null },
    ]);
    const read = await call("GET", "/devices/RE0001");
    const etag = read.headers.get("etag")!;
    expect(read.body).toMatchObject({ name: "Stall 7", lifecycle: "draft", version: 1 });
    const changed = await call("PATCH", "/devices/RE0001", { location: "Parlour" }, { "if-match": etag });
    expect([changed.status, changed.body]).toMatchObject([200, { name: "Stall 7", location: "Parlour", version: 2 }]);
    expect(changed.headers.get("etag")).not.toBe(etag);
    const late = await call("PATCH", "/devices/RE0001", { location: "Elsewhere" }, { "if-match": etag });
    expect([late.status, late.body.code]).toEqual([412, "precondition_failed"]);
    expect((await call("PATCH", "/devices/RE0001", { name: "Stall 8" })).body).toMatchObject({ name: "Stall 8", location: "Parlour" });
    expect((await call("GET", "/devices?search=Stall%208&types=milk_meter&sort=-name&sort=deviceId")).body).toMatchObject({
      devices: [{ deviceId: "RE0001" }],
      nextCursor: null,
    });
  });

  test("with credentials at once: their password is in the answer, and in a repeat with the same key", async () => {
    const device = { deviceId: "RE0002", name: "Gate", type: "gate", farmId: target.farmId, issueCredentials: true };
    const key = { "idempotency-key": randomUUID() };
    const created = await call("POST", "/devices", device, key);
    const repeat = await call("POST", "/devices", device, key);
    expect(created.body).toMatchObject({ credentials: { mqtt: { username: "RE0002", password: expect.any(String) as string } } });
    expect([repeat.status, repeat.body, repeat.headers.get("idempotent-replayed")]).toEqual([201, created.body, "true"]);
  });

  test("go on page by page", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Awaited<ReturnType<typeof call>> = await call(
        "GET",
        `/devices?pageSize=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      );
      seen.push(...(body.devices as { deviceId: string }[]).map(({ deviceId }) => deviceId));
      cursor = body.nextCursor as string | null;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await database.db.device.count({ where: { farmId: target.farmId } }));
  });

  test("that have not changed are not sent again", async () => {
    const { headers } = await call("GET", "/tags");
    const again = await call("GET", "/tags", undefined, { "if-none-match": headers.get("etag")! });
    expect(again.status).toBe(304);
    expect((await call("GET", "/tags", undefined, { "if-none-match": '"other"' })).status).toBe(200);
  });
});

describe("Idempotency-Key", () => {
  const tag = () => ({ name: `K${randomUUID().slice(0, 8)}` });

  test("one hundred at once write once, and all hear the same", async () => {
    const body = tag();
    const key = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(Array.from({ length: 100 }, () => call("POST", "/tags", body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed")).length).toBe(99);
    expect(await database.db.deviceTag.count({ where: { name: body.name } })).toBe(1);
  });

  test("is refused for another body or address, and free for another caller", async () => {
    const key = { "idempotency-key": randomUUID() };
    expect((await call("POST", "/tags", tag(), key)).status).toBe(201);
    const other = await call("POST", "/tags", tag(), key);
    expect([other.status, other.body.fields]).toMatchObject([
      409,
      { "Idempotency-Key": expect.stringContaining("another request") as string },
    ]);
    const stranger = await testApiKey(database.db);
    expect((await call("POST", "/tags", tag(), { ...key, authorization: stranger.authorization })).status).toBe(201);
  });

  test("is not used up by a refusal, nor kept in the clear", async () => {
    const key = { "idempotency-key": randomUUID() };
    expect((await call("POST", "/tags", { name: "" }, key)).status).toBe(400);
    const body = tag();
    expect((await call("POST", "/tags", body, key)).status).toBe(201);
    const rows = await database.db.idempotentAnswer.findMany();
    expect(rows.some(({ sealed }) => sealed && Buffer.from(sealed).includes(body.name))).toBe(false);
  });

  test.each(["", "with space", "x".repeat(256), "é"])("%j is none", async (key) => {
    const { status, body } = await call("POST", "/tags", tag(), { "idempotency-key": key });
    expect([status, body.fields]).toMatchObject([400, { "Idempotency-Key": expect.any(String) as string }]);
  });
});

describe("every request", () => {
  test("is told the limit and what is left of it", async () => {
    const { headers } = await call("GET", "/tags");
    expect(headers.get("ratelimit-policy")).toBe('"default";q=600;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"default";r=\d+;t=\d+$/);
    const busy = await testApiKey(database.db);
    await database.db.rateLimit.create({ data: { key: `api-key:${busy.id}`, count: 600, lastRequest: BigInt(Date.now()) } });
    const refused = await call("GET", "/tags", undefined, { authorization: busy.authorization });
    expect([refused.status, refused.headers.get("ratelimit")]).toEqual([429, expect.stringContaining("r=0")]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("needs the scope of its route", async () => {
    const reader = await testApiKey(database.db, { scopes: ["device.read"] });
    const { status, body } = await call("POST", "/tags", { name: "x" }, { authorization: reader.authorization });
    expect([status, body.detail]).toEqual([403, "The API key lacks the scope device.edit."]);
  });

  test.each([
    ["DELETE", "/devices", 405],
    ["PUT", "/devices/MM001", 405],
    ["GET", "/nothing", 404],
    ["GET", "/devices/%E0%A4%A", 404],
    ["GET", "/devices/a%00b", 404],
  ])("%s %s: %i as a problem", async (method, path, status) => {
    const answer = await call(method, path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    if (status === 405) expect(answer.headers.get("allow")).toContain("GET");
  });

  test.each([
    ["/devices?colour=red", "colour"],
    ["/devices?pageSize=many", "pageSize"],
    ["/devices?pageSize=1&pageSize=2", "pageSize"],
    ["/devices?needsAttention=maybe", "needsAttention"],
    ["/devices?sort=beauty", "sort.0"],
    ["/devices?__proto__=1", "__proto__"],
    ["/alerts?cursor=x", "cursor"],
  ])("%s names the parameter that is wrong", async (path, field) => {
    const { status, body } = await call("GET", path);
    expect([status, Object.keys(body.fields as object)]).toEqual([400, [field]]);
  });

  test.each([
    ["a form", "name=x", "application/x-www-form-urlencoded"],
    ["no JSON", "{", "application/json"],
    ["a list", "[]", "application/json"],
    ["a field too many", '{"name":"x","colour":1}', "application/json"],
  ])("%s is no body", async (_, body, type) => {
    expect((await callRest("POST", "/tags", { raw: body, headers: { authorization, "content-type": type } })).status).toBe(400);
  });

  test("without a key or session is told how to come in", async () => {
    const { status, headers } = await callRest("GET", "/devices", {});
    expect([status, headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });
});
