import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, requestKey, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { authenticateDevices } from "./authenticate-devices";
import { issueTokens, type IssuedToken } from "./issue-tokens";
import { redeemToken } from "./redeem-token";

const database = useTestDatabase();
const HOUR = 3_600_000;
const CANNOT_BE_USED = { code: "unauthenticated", message: "This token cannot be used. Ask for a new one." };
let farmId: string;
let lastAddress = 0;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
});

async function issue(target: Record<string, unknown> = { type: "collar" }): Promise<IssuedToken> {
  const input = { ...("deviceId" in target ? {} : { farmId }), ...target, requestKey: requestKey() };
  const [issued] = await issueTokens({ ctx: contextOf(database.db, actorWith("farm_manager", farmId)), input });
  return issued!;
}

async function newToken(target?: Record<string, unknown>): Promise<string> {
  return (await issue(target)).token;
}

function newNonce(): string {
  return randomBytes(16).toString("base64url");
}

/** Every call from another address, so that the rate limit stays out of the way. */
function redeem(token: string, hardware: Record<string, unknown> = {}, options: { now?: Date; address?: string } = {}) {
  const address = options.address ?? `192.0.2.${++lastAddress}`;
  const ctx = { db: database.db, now: options.now ?? new Date(), requestId: "request-of-a-device", address };
  return redeemToken({ ctx, input: { token, nonce: newNonce(), ...hardware } });
}

describe("redeeming a provisioning token", () => {
  test("creates a device of the token's type, with credentials that work", async () => {
    const issued = await redeem(await newToken(), { serialNumber: "R5-1", macAddress: "024a1b003c7f", manufacturer: "Ruminor" });
    const device = await database.db.device.findUniqueOrThrow({ where: { deviceId: issued.deviceId } });
    expect(device).toMatchObject({
      type: "collar",
      farmId,
      lifecycle: "provisioned",
      provisioningMethod: "api",
      macAddress: "02:4A:1B:00:3C:7F",
      serialNumber: "R5-1",
    });
    expect(issued.deviceId).toMatch(/^AC\d{3}$/);
    const [verdict] = await authenticateDevices(database.db, [{ deviceId: issued.deviceId, secret: Buffer.from(issued.mqtt.password) }]);
    expect(verdict?.allowed).toBe(true);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: issued.deviceId } });
    expect(event).toMatchObject({ action: "device.provisioned", actorKind: "device", actorLabel: issued.deviceId, farmId });
  });

  test("takes over the registered device that the token names, and ends its former password", async () => {
    const device = await testDevice(database.db, { farmId, lifecycle: "draft" });
    const { deviceId, mqtt } = await redeem(await newToken({ deviceId: device.deviceId }));
    expect(deviceId).toBe(device.deviceId);
    const verdicts = await authenticateDevices(
      database.db,
      [device.password, mqtt.password].map((password) => ({ deviceId, secret: Buffer.from(password) })),
    );
    expect(verdicts.map((verdict) => verdict.allowed)).toEqual([false, true]);
    expect(await database.db.device.findUniqueOrThrow({ where: { id: device.id } })).toMatchObject({
      lifecycle: "provisioned",
      provisioningMethod: "api",
    });
  });

  test("a hundred devices with one token at once, in full or as words: exactly one gets in", async () => {
    const { token, words } = await issue();
    const before = await database.db.device.count();
    const results = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => redeem(index % 2 === 0 ? token : words)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(CANNOT_BE_USED);
    expect(await database.db.device.count()).toBe(before + 1);
    const rows = await database.db.provisioningToken.findMany({ where: { farmId } });
    expect(rows).toMatchObject([{ usedAt: expect.any(Date) as Date, usedBy: expect.stringMatching(/^AC/) as string }]);
  });

  test("words work however they are written, and a repeat may write them differently", async () => {
    const { words } = await issue();
    const nonce = newNonce();
    const first = await redeem(words.toUpperCase().replaceAll("-", "  "), { nonce });
    expect(await redeem(words, { nonce })).toEqual(first);
    await expect(redeem(words)).rejects.toMatchObject(CANNOT_BE_USED);
  });

  test("ten devices with ten tokens of one type at once get ten numbers", async () => {
    const tokens = await Promise.all(Array.from({ length: 10 }, () => newToken({ type: "gate" })));
    const issued = await Promise.all(tokens.map((token) => redeem(token)));
    expect(new Set(issued.map((answer) => answer.deviceId)).size).toBe(10);
  });

  test("a repeat with the same nonce gets the same answer, even at the same moment; another nonce gets none", async () => {
    const token = await newToken();
    const nonce = newNonce();
    const answers = await Promise.all([1, 2, 3].map(() => redeem(token, { nonce })));
    answers.push(await redeem(token, { nonce }));
    expect(new Set(answers.map((answer) => `${answer.deviceId} ${answer.mqtt.password}`)).size).toBe(1);
    await expect(redeem(token)).rejects.toMatchObject(CANNOT_BE_USED);
  });

  test.each([
    ["unknown", () => Promise.resolve(randomBytes(32).toString("base64url")), {}],
    ["used", async () => await usedToken(), {}],
    ["expired", newToken, { now: new Date(Date.now() + 25 * HOUR) }],
    ["revoked", async () => revokedToken(), {}],
    ["of a retired device", async () => tokenOfRetiredDevice(), {}],
  ] as const)("a token that is %s gets the one uniform answer", async (_, make, options) => {
    await expect(redeem(await make(), {}, options)).rejects.toMatchObject(CANNOT_BE_USED);
  });

  test("in each form, unknown, used, revoked and expired ones cost the database the same", async () => {
    const used = await issue();
    await redeem(used.token);
    const [open, revoked] = [await issue(), await issue({ type: "gate" })];
    await database.db.provisioningToken.updateMany({ where: { deviceType: "gate" }, data: { revokedAt: new Date() } });
    for (const form of ["token", "words"] as const) {
      const unknown = form === "token" ? "x".repeat(43) : "barn-milk-tractor";
      const later = new Date(Date.now() + 25 * HOUR);
      const costs = [];
      for (const [presented, now] of [[unknown], [used[form]], [revoked[form]], [open[form], later]] as const) {
        costs.push(await countStatements(() => expect(redeem(presented, {}, { now })).rejects.toMatchObject(CANNOT_BE_USED)));
      }
      expect(new Set(costs).size).toBe(1);
    }
  });

  async function usedToken(): Promise<string> {
    const token = await newToken();
    await redeem(token);
    return token;
  }

  async function revokedToken(): Promise<string> {
    const token = await newToken();
    await database.db.provisioningToken.updateMany({ where: { farmId }, data: { revokedAt: new Date() } });
    return token;
  }

  async function tokenOfRetiredDevice(): Promise<string> {
    const { deviceId, id } = await testDevice(database.db, { farmId });
    const token = await newToken({ deviceId });
    await database.db.device.update({ where: { id }, data: { lifecycle: "decommissioned" } });
    return token;
  }

  test("a refusal uses nothing up: taken hardware, then the right hardware with the same token", async () => {
    await testDevice(database.db, { farmId, macAddress: "02:00:00:00:00:99" });
    const token = await newToken();
    await expect(redeem(token, { macAddress: "02:00:00:00:00:99" })).rejects.toMatchObject({ code: "conflict" });
    await expect(redeem(token, { macAddress: "02:00:00:00:00:98" })).resolves.toBeDefined();
  });

  test.each([
    ["token", { token: "short" }],
    ["nonce", { nonce: "short" }],
    ["macAddress", { macAddress: "nonsense" }],
    ["serialNumber", { serialNumber: "x".repeat(10_240) }],
  ])("a bad %s is refused at its field", async (field, overrides) => {
    await expect(redeem(await newToken(), overrides)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) as string },
    });
  });

  test("an address that tries too often is told to wait", async () => {
    const attempts = Array.from({ length: 61 }, () => redeem("x".repeat(43), {}, { address: "198.51.100.7" }));
    const reasons = (await Promise.allSettled(attempts)).map((result) =>
      result.status === "rejected" ? (result.reason as { code: string }).code : "none",
    );
    expect(reasons.filter((code) => code === "rate_limited")).toHaveLength(1);
    await expect(redeem("x".repeat(43), {}, { address: "198.51.100.8" })).rejects.toMatchObject(CANNOT_BE_USED);
  });

  test("too many wrong words from anywhere stop words, and nothing else, for a while", async () => {
    const [byWords, inFull] = [await issue(), await issue()];
    await database.db.rateLimit.deleteMany({ where: { key: "provision-words" } });
    const guess = (count: number) => Promise.allSettled(Array.from({ length: count }, () => redeem("barn-milk-tractor")));
    const codes = (results: PromiseSettledResult<unknown>[]) =>
      new Set(results.map((result) => (result.status === "rejected" ? (result.reason as { code: string }).code : "none")));
    expect(codes(await guess(99))).toEqual(new Set(["unauthenticated"]));
    // What was right, or wrong for another reason than the code, is not counted.
    await testDevice(database.db, { farmId, macAddress: "02:00:00:00:00:97" });
    for (let round = 0; round < 3; round++) {
      await expect(redeem(byWords.words, { macAddress: "02:00:00:00:00:97" })).rejects.toMatchObject({ code: "conflict" });
    }
    const nonce = newNonce();
    for (let round = 0; round < 3; round++) await redeem(byWords.words, { nonce });
    expect(codes(await guess(2))).toEqual(new Set(["unauthenticated", "rate_limited"]));
    await expect(redeem((await issue()).words)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterSeconds: expect.any(Number) as number,
    });
    await expect(redeem(inFull.token)).resolves.toBeDefined();
  });
});
