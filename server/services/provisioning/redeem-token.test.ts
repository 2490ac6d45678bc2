import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { authenticateDevices } from "./authenticate-devices";
import { issueToken } from "./issue-token";
import { redeemToken } from "./redeem-token";

const database = useTestDatabase();
const HOUR = 3_600_000;
const CANNOT_BE_USED = { code: "unauthenticated", message: "This token cannot be used. Ask for a new one." };
let farmId: string;
let lastAddress = 0;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
});

async function newToken(target: Record<string, unknown> = { type: "collar" }): Promise<string> {
  const input = "deviceId" in target ? target : { farmId, ...target };
  return (await issueToken({ ctx: contextOf(database.db, actorWith("farm_manager", farmId)), input })).token;
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

  test("a hundred devices with one token at once: exactly one gets in", async () => {
    const token = await newToken();
    const before = await database.db.device.count();
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => redeem(token)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(CANNOT_BE_USED);
    expect(await database.db.device.count()).toBe(before + 1);
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
});

describe("issuing a provisioning token", () => {
  const issue = (input: unknown, role: "viewer" | "field_staff" | "admin" = "field_staff", ...farmIds: string[]) =>
    issueToken({ ctx: contextOf(database.db, actorWith(role, ...farmIds)), input });

  test("is kept as a hash only and ends after 24 hours", async () => {
    const { token, expiresAt } = await issue({ farmId, type: "gate" }, "field_staff", farmId);
    expect(Math.round((expiresAt.getTime() - Date.now()) / HOUR)).toBe(24);
    const [row] = await database.db.$queryRaw<
      { text: string }[]
    >`SELECT t::text AS text FROM provisioning_token t WHERE farm_id = ${farmId}::uuid`;
    expect(row?.text).not.toContain(token);
  });

  test("viewers, other farms' people and unknown farms are refused", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const elsewhere = (await testFarm(database.db)).id;
    for (const target of [{ deviceId }, { farmId, type: "gate" }]) {
      await expect(issue(target, "viewer", farmId)).rejects.toMatchObject({ code: "forbidden" });
      await expect(issue(target, "field_staff", elsewhere)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(issue({ farmId: "01890000-0000-7000-8000-000000000000", type: "gate" }, "admin")).rejects.toMatchObject({
      code: "not_found",
      fields: { farmId: expect.any(String) as string },
    });
    await expect(issue({ farmId }, "admin")).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a retired device gets none", async () => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await expect(issue({ deviceId }, "field_staff", farmId)).rejects.toMatchObject({ code: "conflict" });
  });
});
