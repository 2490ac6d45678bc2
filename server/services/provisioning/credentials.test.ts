import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { decommissionDevice } from "@/server/services/devices/decommission-device";
import { actorWith, contextOf, requestKey, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { authenticateDevices, stillValid } from "./authenticate-devices";
import { revokeCredentials } from "./revoke-credentials";
import { rotateCredentials } from "./rotate-credentials";

const database = useTestDatabase();
const HOUR = 3_600_000;
let farmId: string;
let manager: UserActor;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
  manager = actorWith("farm_manager", farmId);
});

function rotate(deviceId: string, overlapHours = 0, options: { requestKey?: string; now?: Date; actor?: UserActor } = {}) {
  const ctx = contextOf(database.db, options.actor ?? manager, options.now);
  return rotateCredentials({ ctx, input: { deviceId, overlapHours, requestKey: options.requestKey ?? requestKey() } });
}

async function opens(deviceId: string, ...passwords: string[]): Promise<boolean[]> {
  const verdicts = await authenticateDevices(
    database.db,
    passwords.map((password) => ({ deviceId, secret: Buffer.from(password) })),
  );
  return verdicts.map((verdict) => verdict.allowed);
}

describe("signing in as a device", () => {
  test.each([
    ["draft", false],
    ["provisioned", true],
    ["active", true],
    ["maintenance", true],
    ["decommissioned", false],
  ] as const)("a %s device: %s", async (lifecycle, expected) => {
    const { deviceId, password } = await testDevice(database.db, { farmId, lifecycle });
    expect(await opens(deviceId, password)).toEqual([expected]);
  });

  test("answers many attempts in their order, with the same refusal for every reason", async () => {
    const good = await testDevice(database.db, { farmId });
    const retired = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    const attempts = [
      { deviceId: "MM999999", secret: Buffer.from("x") },
      { deviceId: good.deviceId, secret: Buffer.from(good.password) },
      { deviceId: retired.deviceId, secret: Buffer.from(retired.password) },
      { deviceId: good.deviceId, secret: Buffer.alloc(0) },
    ];
    const refusal = { allowed: false, reason: "unknown device or wrong password" };
    expect(await authenticateDevices(database.db, attempts)).toEqual([
      refusal,
      expect.objectContaining({ allowed: true, validUntil: null }),
      refusal,
      refusal,
    ]);
  });
});

describe("rotating credentials", () => {
  test("without an overlap the former password is refused at once", async () => {
    const { deviceId, password } = await testDevice(database.db, { farmId });
    const { mqtt } = await rotate(deviceId);
    expect(await opens(deviceId, password, mqtt.password)).toEqual([false, true]);
  });

  test("with an overlap both work, and the former one ends by itself", async () => {
    const { deviceId, password, id } = await testDevice(database.db, { farmId });
    const { mqtt } = await rotate(deviceId, 2);
    expect(await opens(deviceId, password, mqtt.password)).toEqual([true, true]);
    const ends = [...(await stillValid(database.db, [deviceId])).values()].map(
      ({ validUntil }) => validUntil && Math.round((validUntil.getTime() - Date.now()) / HOUR),
    );
    expect(ends.sort()).toEqual([2, null]);
    await database.db.deviceCredential.updateMany({
      where: { deviceKey: id, validUntil: { not: null } },
      data: { validUntil: new Date(Date.now() - 1) },
    });
    expect(await opens(deviceId, password, mqtt.password)).toEqual([false, true]);
  });

  test("a later rotation never lengthens an overlap", async () => {
    const { deviceId, id } = await testDevice(database.db, { farmId });
    await rotate(deviceId, 1);
    await rotate(deviceId, 100);
    const oldest = await database.db.deviceCredential.findFirstOrThrow({ where: { deviceKey: id }, orderBy: { issuedAt: "asc" } });
    expect(Math.round((oldest.validUntil!.getTime() - Date.now()) / HOUR)).toBe(1);
  });

  test("a double click gets one answer, whatever the overlap", async () => {
    const { deviceId, id } = await testDevice(database.db, { farmId });
    const key = requestKey();
    const answers = await Promise.all([1, 2, 3, 4].map(() => rotate(deviceId, 5, { requestKey: key })));
    expect(new Set(answers.map((answer) => answer.mqtt.password)).size).toBe(1);
    expect(await database.db.deviceCredential.count({ where: { deviceKey: id } })).toBe(2);
  });

  test("of ten rotations at once one password is left", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(deviceId)));
    const opened = await opens(deviceId, ...answers.map((answer) => answer.mqtt.password));
    expect(opened.filter(Boolean)).toHaveLength(1);
  });

  test("gives a draft its first credentials, and a retired device none", async () => {
    const draft = await testDevice(database.db, { farmId, lifecycle: "draft" });
    await rotate(draft.deviceId);
    expect(await database.db.device.findUniqueOrThrow({ where: { id: draft.id } })).toMatchObject({
      lifecycle: "provisioned",
      provisionedById: manager.userId,
    });
    const retired = await testDevice(database.db, { farmId, lifecycle: "decommissioned" });
    await expect(rotate(retired.deviceId)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a draft that is rotated and retired at once stays retired", async () => {
    for (let round = 0; round < 5; round++) {
      const draft = await testDevice(database.db, { farmId, lifecycle: "draft" });
      const retire = decommissionDevice({ ctx: contextOf(database.db, manager), input: { deviceId: draft.deviceId, reason: "sold" } });
      const [retired] = await Promise.allSettled([retire, rotate(draft.deviceId)]);
      const { lifecycle } = await database.db.device.findUniqueOrThrow({ where: { id: draft.id } });
      expect(lifecycle).toBe(retired.status === "fulfilled" ? "decommissioned" : "provisioned");
    }
  });

  test("is announced to the broker and audited without the password", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const { mqtt } = await rotate(deviceId, 3);
    expect(await database.db.changeFeed.count({ where: { topic: "credentials", ids: { has: deviceId } } })).toBe(1);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: deviceId } });
    expect(event).toMatchObject({ action: "device.credentials_rotated", after: { overlapHours: 3 } });
    expect(JSON.stringify(event.after)).not.toContain(mqtt.password);
  });

  test.each([-1, 1.5, 169])("an overlap of %d hours is refused", async (overlapHours) => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await expect(rotate(deviceId, overlapHours)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { overlapHours: expect.any(String) as string },
    });
  });
});

describe("revoking credentials", () => {
  function revoke(deviceId: string, actor = manager) {
    return revokeCredentials({ ctx: contextOf(database.db, actor), input: { deviceId } });
  }

  test("locks the device out, twice is as good as once, a rotation lets it in again", async () => {
    const { deviceId, password } = await testDevice(database.db, { farmId });
    expect(await revoke(deviceId)).toEqual({ revoked: 1 });
    expect(await revoke(deviceId)).toEqual({ revoked: 0 });
    expect(await opens(deviceId, password)).toEqual([false]);
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId } })).toBe(1);
    const { mqtt } = await rotate(deviceId);
    expect(await opens(deviceId, password, mqtt.password)).toEqual([false, true]);
  });

  test("includes what an overlap left valid", async () => {
    const { deviceId, password } = await testDevice(database.db, { farmId });
    const { mqtt } = await rotate(deviceId, 24);
    expect(await revoke(deviceId)).toEqual({ revoked: 2 });
    expect(await opens(deviceId, password, mqtt.password)).toEqual([false, false]);
  });

  test.each([
    ["viewer", "forbidden"],
    ["field_staff", undefined],
    ["farm_manager", undefined],
  ] as const)("a %s: %s", async (role, code) => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const attempts = [revoke(deviceId, actorWith(role, farmId)), rotate(deviceId, 0, { actor: actorWith(role, farmId) })];
    for (const attempt of await Promise.allSettled(attempts)) {
      if (code) expect(attempt).toMatchObject({ status: "rejected", reason: { code } });
      else expect(attempt.status).toBe("fulfilled");
    }
  });
});
