import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, requestKey, testDevice, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { issueTokens } from "./issue-tokens";
import { listTokens } from "./list-tokens";
import { redeemToken } from "./redeem-token";
import { revokeTokens } from "./revoke-tokens";
import { forgetTokenWords, hashTokenWords, newTokenWords } from "./token-words";

const database = useTestDatabase();
const HOUR = 3_600_000;
let farmId: string;
let manager: UserActor;

beforeEach(async () => {
  await database.db.provisioningToken.deleteMany();
  farmId = (await testFarm(database.db)).id;
  manager = actorWith("farm_manager", farmId);
});

function issue(input: Record<string, unknown>, actor: UserActor = manager, now?: Date) {
  return issueTokens({ ctx: contextOf(database.db, actor, now), input: { requestKey: requestKey(), ...input } });
}

const list = (input: Record<string, unknown> = {}, actor: UserActor = manager, now?: Date) =>
  listTokens({ ctx: contextOf(database.db, actor, now), input });

const revoke = (input: unknown, actor: UserActor = manager) => revokeTokens({ ctx: contextOf(database.db, actor), input });

const redeem = (token: string) =>
  redeemToken({
    ctx: { db: database.db, now: new Date(), requestId: "test", address: "192.0.2.1" },
    input: { token, nonce: requestKey() },
  });

test("three-word forms are distinct, of words with distinct beginnings, and hashed with a key", () => {
  const drawn = newTokenWords(2_000);
  expect(new Set(drawn).size).toBe(2_000);
  for (const words of drawn) expect(words).toMatch(/^[a-z]{3,8}-[a-z]{3,8}-[a-z]{3,8}$/);
  expect(hashTokenWords("barn-milk-tractor")).toEqual(hashTokenWords("barn-milk-tractor"));
  expect(hashTokenWords("barn-milk-tractor")).toHaveLength(32);
});

describe("issuing", () => {
  test("one token is kept as hashes only and ends after 24 hours", async () => {
    const [issued] = await issue({ farmId, type: "gate" });
    expect(Math.round((issued!.expiresAt.getTime() - Date.now()) / HOUR)).toBe(24);
    expect(issued!.qrText).toBe(`SMARTDAIRY-TOKEN:${issued!.token}:http://localhost:3000`);
    const [row] = await database.db.$queryRaw<{ text: string }[]>`SELECT t::text AS text FROM provisioning_token t`;
    for (const secret of [issued!.token, issued!.words]) expect(row?.text).not.toContain(secret);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { action: "provisioning_token.issued", farmId } });
    expect(event.after).toMatchObject({ type: "gate", count: 1 });
    for (const secret of [issued!.token, issued!.words, "requestKey"]) expect(JSON.stringify(event.after)).not.toContain(secret);
  });

  test("two hundred are one batch, with one audit event and one announcement", async () => {
    const issued = await issue({ farmId, type: "collar", count: 200, note: "Spring heifers" });
    expect(new Set(issued.flatMap(({ token, words }) => [token, words])).size).toBe(400);
    for (const { token } of issued) expect(token).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{42}$/);
    const rows = await database.db.provisioningToken.findMany();
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map((row) => row.batchId)).size).toBe(1);
    expect(rows[0]).toMatchObject({ note: "Spring heifers", deviceType: "collar", issuedById: manager.userId });
    expect(await database.db.auditEvent.count({ where: { farmId } })).toBe(1);
    expect(await database.db.changeFeed.findMany({ where: { topic: "tokens", farmIds: { has: farmId } } })).toHaveLength(1);
  });

  test("a double click gets one answer; somebody else with the same key does not", async () => {
    const key = requestKey();
    const request = { farmId, type: "collar", count: 3, requestKey: key };
    const answers = await Promise.all([1, 2, 3, 4].map(() => issue(request)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await database.db.provisioningToken.count()).toBe(3);
    const other = await issue(request, actorWith("field_staff", farmId));
    expect(other).not.toEqual(answers[0]);
  });

  test("a device has one open token: the newest, even when two are issued at once", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "draft" });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => issue({ deviceId })));
    expect((await list({ states: ["open"] })).total).toBe(1);
    const outcomes = await Promise.allSettled(answers.map(([issued]) => redeem(issued!.token)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("viewers, other farms' people, unknown farms and retired devices are refused", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const elsewhere = (await testFarm(database.db)).id;
    for (const target of [{ deviceId }, { farmId, type: "gate" }]) {
      await expect(issue(target, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
      await expect(issue(target, actorWith("field_staff", elsewhere))).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(issue({ farmId: "01890000-0000-7000-8000-000000000000", type: "gate" }, actorWith("admin"))).rejects.toMatchObject({
      code: "not_found",
      fields: { farmId: expect.any(String) as string },
    });
    const retired = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await expect(issue({ deviceId: retired.deviceId })).rejects.toMatchObject({ code: "conflict" });
    expect(await database.db.provisioningToken.count()).toBe(0);
  });

  test.each([
    ["type", {}],
    ["count", { type: "gate", count: 0 }],
    ["count", { type: "gate", count: 201 }],
    ["count", { type: "gate", count: 1.5 }],
    ["note", { type: "gate", note: "x".repeat(201) }],
    ["requestKey", { type: "gate", requestKey: "short" }],
    ["deviceId", { deviceId: "nonsense" }],
  ])("a bad %s is refused at its field", async (field, input) => {
    await expect(issue({ farmId, ...input })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) as string },
    });
  });
});

describe("the list", () => {
  test("says what became of each, who issued it, and for what", async () => {
    const person = await testPerson(database.db, { name: "Field technician" });
    const issuer: UserActor = { ...actorWith("field_staff", farmId), userId: person.id };
    const [used] = await issue({ farmId, type: "gate" }, issuer);
    const { deviceId } = await redeem(used!.words);
    await issue({ farmId, type: "feeder", count: 2, note: "Loose barn" }, manager, new Date(Date.now() - 25 * HOUR));
    const device = await testDevice(database.db, { farmId, lifecycle: "draft" });
    await issue({ deviceId: device.deviceId });
    await issue({ deviceId: device.deviceId });
    const page = await list();
    expect(page).toMatchObject({ total: 5, issued: 5, page: 1 });
    expect(page.tokens.map(({ state }) => state).sort()).toEqual(["expired", "expired", "open", "revoked", "used"]);
    expect(page.tokens.find(({ state }) => state === "used")).toMatchObject({
      usedBy: deviceId,
      issuedBy: "Field technician",
      deviceType: "gate",
      device: null,
      revocable: false,
    });
    expect(page.tokens.find(({ state }) => state === "open")).toMatchObject({ device: { deviceId: device.deviceId }, revocable: true });
    expect(JSON.stringify(page)).not.toMatch(/hash/i);
    const [expired] = (await list({ states: ["expired"] })).tokens;
    expect(expired).toMatchObject({ note: "Loose barn", deviceType: "feeder" });
    expect((await list({ batchId: expired?.batchId })).total).toBe(2);
    for (const [states, total] of [
      [["used"], 1],
      [["revoked"], 1],
      [["used", "open"], 2],
    ] as const) {
      expect((await list({ states })).total).toBe(total);
    }
    expect((await list({}, actorWith("viewer", farmId))).tokens.some(({ revocable }) => revocable)).toBe(false);
    expect(await list({ page: 2, pageSize: 4 })).toMatchObject({ total: 5, tokens: [{}] });
  });

  test("stays on the caller's farms", async () => {
    await issue({ farmId, type: "gate" });
    const elsewhere = (await testFarm(database.db)).id;
    expect(await list({}, actorWith("farm_manager", elsewhere))).toMatchObject({ tokens: [], total: 0, issued: 0 });
    expect(await list({ farmIds: [farmId] }, actorWith("farm_manager", elsewhere))).toMatchObject({ total: 0 });
  });
});

describe("revoking", () => {
  test("one token, once: later redemptions are refused", async () => {
    const [issued] = await issue({ farmId, type: "gate" });
    const tokenId = (await list()).tokens[0]!.id;
    expect(await revoke({ tokenId })).toEqual({ revoked: 1 });
    expect(await revoke({ tokenId })).toEqual({ revoked: 0 });
    await expect(redeem(issued!.token)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(redeem(issued!.words)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await database.db.auditEvent.count({ where: { action: "provisioning_token.revoked", farmId } })).toBe(1);
  });

  test("a batch: what was used stays used", async () => {
    const issued = await issue({ farmId, type: "gate", count: 3 });
    await redeem(issued[0]!.token);
    const { batchId } = (await list()).tokens[0]!;
    expect(await revoke({ batchId })).toEqual({ revoked: 2 });
    expect((await list()).tokens.map(({ state }) => state).sort()).toEqual(["revoked", "revoked", "used"]);
  });

  test("says so when a device was faster; of both at once, one wins", async () => {
    const [issued] = await issue({ farmId, type: "gate" });
    const tokenId = (await list()).tokens[0]!.id;
    const [redeemed, revoked] = await Promise.allSettled([redeem(issued!.token), revoke({ tokenId })]);
    expect([redeemed.status, revoked.status].filter((status) => status === "fulfilled")).toHaveLength(1);
    if (revoked.status === "rejected") expect(revoked.reason).toMatchObject({ code: "conflict" });
  });

  test("not for viewers, not of other farms, not without a name", async () => {
    await issue({ farmId, type: "gate", count: 2 });
    const { id: tokenId, batchId } = (await list()).tokens[0]!;
    const elsewhere = (await testFarm(database.db)).id;
    for (const target of [{ tokenId }, { batchId }]) {
      await expect(revoke(target, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
      await expect(revoke(target, actorWith("farm_manager", elsewhere))).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(revoke({})).rejects.toMatchObject({ code: "invalid_input" });
    expect((await list({ states: ["open"] })).total).toBe(2);
  });
});

test("the words of tokens that ended are forgotten, those of open ones are not", async () => {
  await issue({ farmId, type: "gate", count: 2 }, manager, new Date(Date.now() - 25 * HOUR));
  const [open] = await issue({ farmId, type: "gate" });
  expect(await forgetTokenWords(database.db)).toBe(2);
  await expect(redeem(open!.words)).resolves.toBeDefined();
});
