import superjson from "superjson";
import { beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/api/trpc/[trpc]/route";
import { API_SCOPE_FACTS, API_SCOPES, type ApiScope } from "@/server/domain/api-keys/scopes";
import { createApiKey } from "@/server/services/api-keys/create-api-key";
import { listApiKeys } from "@/server/services/api-keys/list-api-keys";
import { revokeApiKey } from "@/server/services/api-keys/revoke-api-key";
import { rotateApiKey } from "@/server/services/api-keys/rotate-api-key";
import { updatePerson } from "@/server/services/people/update-person";
import { testApiKey } from "@/server/testing/api-keys";
import { actorWith, contextOf, requestKey, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const admin = actorWith("admin");
const context = (now = new Date()) => contextOf(database.db, admin, now);
let ours: { farmId: string; deviceId: string };
let theirs: { farmId: string; deviceId: string };

beforeAll(async () => {
  const { db } = database;
  await testPerson(db, { id: admin.userId, email: admin.email, isAdmin: true });
  ours = await testDevice(db, { farmId: (await testFarm(db)).id });
  theirs = await testDevice(db, { farmId: (await testFarm(db)).id });
});

interface Answer {
  status: number;
  data: unknown;
  message: string;
}

async function ask(procedure: string, input: unknown, headers: Record<string, string>, isMutation = false): Promise<Answer> {
  const url = `http://localhost/api/trpc/${procedure}`;
  const text = JSON.stringify(superjson.serialize(input));
  const response = await (isMutation
    ? POST(new Request(url, { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } }))
    : GET(new Request(`${url}?input=${encodeURIComponent(text)}`, { headers })));
  const body = (await response.json()) as {
    result?: { data: Parameters<typeof superjson.deserialize>[0] };
    error?: { json: { message: string } };
  };
  return {
    status: response.status,
    data: body.result && superjson.deserialize(body.result.data),
    message: body.error?.json.message ?? "",
  };
}

const device = (authorization: string, deviceId: string) => ask("devices.get", { deviceId }, { authorization });
const newTag = () => ({ name: `T${requestKey().slice(0, 10)}` });
const create = (input: Record<string, unknown>) =>
  createApiKey({ ctx: context(), input: { name: "Herd software", scopes: ["device.read"], ...input } });

describe("an API key", () => {
  test("is said once, kept as a hash, and opens what its scopes and farms say", async () => {
    const { id, secret } = await create({ farmIds: [ours.farmId] });
    expect(secret).toMatch(/^sdk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
    const stored = JSON.stringify(await database.db.apiKey.findUnique({ where: { id }, include: { secrets: true } }));
    expect(stored).not.toContain(secret.slice(13));
    expect(JSON.stringify(await listApiKeys({ ctx: context() }))).not.toContain(secret.slice(13));

    expect(await device(`Bearer ${secret}`, ours.deviceId)).toMatchObject({ status: 200, data: { deviceId: ours.deviceId } });
    expect(await device(`bearer  ${secret}`, ours.deviceId)).toMatchObject({ status: 200 });
    expect(await device(`Bearer ${secret}`, theirs.deviceId)).toMatchObject({ status: 404 });
    const refused = await ask(
      "devices.setMaintenance",
      { deviceId: ours.deviceId, maintenance: true },
      { authorization: `Bearer ${secret}` },
      true,
    );
    expect(refused).toMatchObject({ status: 403, message: "The API key lacks the scope device.edit." });
  });

  test.each([
    ["another scheme", (secret: string) => `Basic ${secret}`],
    ["no scheme", (secret: string) => secret],
    ["no secret", () => "Bearer"],
    ["an empty header", () => ""],
    ["one letter changed", (secret: string) => `Bearer ${secret.slice(0, -1)}${secret.endsWith("A") ? "E" : "A"}`],
    ["its hash", (secret: string) => `Bearer ${Buffer.from(secret).toString("hex")}`],
    ["words behind it", (secret: string) => `Bearer ${secret} x`],
  ])("opens nothing as %s", async (_, header) => {
    const { secret } = await testApiKey(database.db);
    expect((await device(header(secret), ours.deviceId)).status).toBe(401);
  });

  test("is refused together with a session cookie, and needs no Origin of ours", async () => {
    const { authorization } = await testApiKey(database.db);
    const both = { authorization, cookie: "a=b; smart-dairy.session_token=x" };
    expect(await ask("devices.get", { deviceId: ours.deviceId }, both)).toMatchObject({
      status: 400,
      message: "Send either an API key or a session cookie, not both.",
    });
    expect(await ask("devices.get", { deviceId: ours.deviceId }, { authorization, cookie: "a=b" })).toMatchObject({ status: 200 });
    const crossSite = { authorization, origin: "https://erp.example", "sec-fetch-site": "cross-site" };
    expect((await ask("tags.create", newTag(), crossSite, true)).status).toBe(200);
  });

  test("ends by revocation, expiry, or when its owner is disabled, with the next request", async () => {
    const { db } = database;
    const revoked = await testApiKey(db);
    const expired = await testApiKey(db, { expiresAt: new Date(Date.now() - 1) });
    const orphaned = await testApiKey(db);
    expect((await device(revoked.authorization, ours.deviceId)).status).toBe(200);
    await revokeApiKey({ ctx: context(), input: { id: revoked.id } });
    await revokeApiKey({ ctx: context(), input: { id: revoked.id } });
    await updatePerson({ ctx: context(), input: { id: orphaned.ownerId, isAdmin: true, disabled: true, memberships: [] } });
    for (const { authorization } of [revoked, expired, orphaned]) expect((await device(authorization, ours.deviceId)).status).toBe(401);
    const states = new Map((await listApiKeys({ ctx: context() })).map(({ id, state }) => [id, state]));
    expect([revoked, expired, orphaned].map(({ id }) => states.get(id))).toEqual(["revoked", "expired", "owner_disabled"]);
    await expect(rotateApiKey({ ctx: context(), input: { id: revoked.id } })).rejects.toMatchObject({ code: "conflict" });
    expect(await db.auditEvent.count({ where: { subjectId: revoked.id, action: "api_key.revoked" } })).toBe(1);
  });

  test("can do no more than its owner may at the moment", async () => {
    const { db } = database;
    const owner = await testPerson(db, { isAdmin: true });
    const { authorization } = await testApiKey(db, { ownerId: owner.id });
    const edit = () => ask("tags.create", newTag(), { authorization }, true);
    expect((await edit()).status).toBe(200);
    const memberships = [{ farmId: ours.farmId, role: "viewer" as const }];
    await updatePerson({ ctx: context(), input: { id: owner.id, isAdmin: false, disabled: false, memberships } });
    expect((await edit()).status).toBe(403);
    expect((await device(authorization, ours.deviceId)).status).toBe(200);
    expect((await device(authorization, theirs.deviceId)).status).toBe(404);
  });

  test("rotates with an overlap: the former secret works until then", async () => {
    const { id, secret: former } = await create({});
    const { secret: current } = await rotateApiKey({ ctx: context(), input: { id, overlapHours: 1 } });
    for (const secret of [former, current]) expect((await device(`Bearer ${secret}`, ours.deviceId)).status).toBe(200);
    // A second rotation does not prolong what was ending.
    await rotateApiKey({ ctx: context(), input: { id, overlapHours: 48 } });
    const ends = await database.db.apiKeySecret.findMany({
      where: { keyId: id },
      orderBy: { createdAt: "asc" },
      select: { validUntil: true },
    });
    expect(ends.map(({ validUntil }) => validUntil && Math.round((validUntil.getTime() - Date.now()) / 3_600_000))).toEqual([1, 48, null]);
    await database.db.apiKeySecret.updateMany({ where: { keyId: id, validUntil: { not: null } }, data: { validUntil: new Date() } });
    expect((await device(`Bearer ${former}`, ours.deviceId)).status).toBe(401);
    const { secret: last } = await rotateApiKey({ ctx: context(), input: { id, overlapHours: 0 } });
    expect((await device(`Bearer ${current}`, ours.deviceId)).status).toBe(401);
    expect((await device(`Bearer ${last}`, ours.deviceId)).status).toBe(200);
  });

  test("notes its use at most once a minute, also when many come at once", async () => {
    const { db } = database;
    const { id, authorization } = await testApiKey(db);
    await Promise.all(Array.from({ length: 20 }, () => device(authorization, ours.deviceId)));
    const first = (await db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt;
    expect(first).not.toBeNull();
    await device(authorization, ours.deviceId);
    expect((await db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt).toEqual(first);
    await db.apiKey.update({ where: { id }, data: { lastUsedAt: new Date(Date.now() - 61_000) } });
    await device(authorization, ours.deviceId);
    expect((await db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt!.getTime()).toBeGreaterThan(Date.now() - 5_000);
  });

  test("is limited by itself, and says when to come back", async () => {
    const { db } = database;
    const [busy, calm] = [await testApiKey(db), await testApiKey(db)];
    await db.rateLimit.create({ data: { key: `api-key:${busy.id}`, count: 600, lastRequest: BigInt(Date.now()) } });
    expect(await device(busy.authorization, ours.deviceId)).toMatchObject({ status: 429 });
    expect((await device(calm.authorization, ours.deviceId)).status).toBe(200);
  });

  test("is named by the audit, beside the request", async () => {
    const { id, authorization } = await testApiKey(database.db, { name: "Milk ledger" });
    await ask(
      "devices.setMaintenance",
      { deviceId: ours.deviceId, maintenance: true },
      { authorization, "x-request-id": "request-of-a-key" },
      true,
    );
    const event = await database.db.auditEvent.findFirst({ where: { requestId: "request-of-a-key" } });
    expect(event).toMatchObject({ actorKind: "api_key", actorId: id, actorLabel: "API key “Milk ledger”", subjectId: ours.deviceId });
  });

  test("is no person: no admin's work, nothing of somebody's own", async () => {
    const { authorization } = await testApiKey(database.db);
    for (const procedure of ["people.list", "apiKeys.list", "notifications.list", "views.list", "scan.pack"])
      expect([procedure, (await ask(procedure, {}, { authorization })).status]).toEqual([procedure, 403]);
    const wanted = { name: "Its child", scopes: ["device.read"] };
    expect((await ask("apiKeys.create", wanted, { authorization }, true)).status).toBe(403);
  });

  test.each([
    [{ scopes: [] }, "scopes"],
    [{ scopes: ["everything"] }, "scopes.0"],
    [{ name: " " }, "name"],
    [{ expiresInDays: 0 }, "expiresInDays"],
    [{ expiresInDays: 731 }, "expiresInDays"],
    [{ farmIds: ["01890000-0000-7000-8000-000000000000"] }, "farmIds"],
    [{ scopes: ["firmware.manage"], farmIds: ["01890000-0000-7000-8000-000000000000"] }, "scopes"],
  ])("cannot be made with %j", async (input, field) => {
    await expect(create(input)).rejects.toMatchObject({ fields: { [field]: expect.any(String) as string } });
  });

  test("every scope is explained", () => {
    expect(Object.keys(API_SCOPE_FACTS).sort()).toEqual([...API_SCOPES].sort());
  });
});

/** What each scope opens that the others do not. */
const OPENED: Partial<Record<ApiScope, (authorization: string) => Promise<Answer>>> = {
  "device.read": (authorization) => device(authorization, ours.deviceId),
  "device.edit": (authorization) => ask("devices.setMaintenance", { deviceId: ours.deviceId, maintenance: false }, { authorization }, true),
  "device.command": (authorization) => ask("commands.identify", { deviceId: ours.deviceId }, { authorization }, true),
  "device.credentials": (authorization) =>
    ask("provisioning.rotateCredentials", { deviceId: ours.deviceId, requestKey: requestKey() }, { authorization }, true),
  "group.edit": (authorization) => ask("groups.create", { farmId: ours.farmId, ...newTag(), code: "G1" }, { authorization }, true),
};

test.each(Object.keys(OPENED) as ApiScope[])("scope %s opens its own, and no other scope does", async (scope) => {
  const with_ = await testApiKey(database.db, { scopes: [scope, "device.read", "farm.read"] });
  const without = await testApiKey(database.db, { scopes: API_SCOPES.filter((other) => other !== scope) });
  expect((await OPENED[scope]!(with_.authorization)).status).not.toBe(403);
  expect([403, 404]).toContain((await OPENED[scope]!(without.authorization)).status);
});
