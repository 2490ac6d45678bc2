import { beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, requestKey, testDevice, testFarm, wizardInput } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { issueTokens } from "@/server/services/provisioning/issue-tokens";
import { redeemToken } from "@/server/services/provisioning/redeem-token";
import { checkDeviceId, proposeDeviceId } from "../propose-device-id";
import { provisionDevice } from "../provision-device";
import { registerDevice } from "../register-device";
import { replaceDevice } from "../replace-device";
import { listIdBlocks } from "./list-id-blocks";
import { releaseDeviceIds } from "./release-device-ids";
import { reserveDeviceIds } from "./reserve-device-ids";
import { farmsSeenBy, findReservedIds } from "./reserved-ids";

const database = useTestDatabase();
let farmId: string;
let otherFarmId: string;
let staff: UserActor;
let stranger: UserActor;

beforeEach(async () => {
  await database.db.deviceIdBlock.deleteMany();
  await database.db.device.deleteMany();
  farmId = (await testFarm(database.db, { name: "Our farm" })).id;
  otherFarmId = (await testFarm(database.db, { name: "Their farm" })).id;
  staff = actorWith("field_staff", farmId);
  stranger = actorWith("farm_manager", otherFarmId);
});

const ctx = (actor: UserActor = staff) => contextOf(database.db, actor);
const reserve = (input: Record<string, unknown> = {}, actor: UserActor = staff) =>
  reserveDeviceIds({
    ctx: ctx(actor),
    input: { farmId, type: "milk_meter", count: 10, purpose: "labels", requestKey: requestKey(), ...input },
  });
const propose = async (type = "milk_meter") => (await proposeDeviceId({ ctx: ctx(), input: { type } })).deviceId;

describe("reserving", () => {
  test("begins after the highest number in use, and the next free ID after the block", async () => {
    await testDevice(database.db, { farmId, deviceId: "MM041" });
    const block = await reserve({ note: "Box 3" });
    expect(block).toMatchObject({ firstId: "MM042", lastId: "MM051", count: 10, used: 0, note: "Box 3", farm: { name: "Our farm" } });
    expect(await propose()).toBe("MM052");
    expect(await reserve({ farmId: otherFarmId }, stranger)).toMatchObject({ firstId: "MM052", lastId: "MM061" });
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { action: "device_ids.reserved", farmId } });
    expect(event.after).toMatchObject({ firstId: "MM042", lastId: "MM051", count: 10, purpose: "labels" });
  });

  test("goes from three digits to four", async () => {
    await testDevice(database.db, { farmId, deviceId: "GT995" });
    expect(await reserve({ type: "gate" })).toMatchObject({ firstId: "GT996", lastId: "GT1005" });
    await testDevice(database.db, { farmId, deviceId: "GT999", type: "gate" });
    await testDevice(database.db, { farmId, deviceId: "GT1004", type: "gate" });
    expect(await listIdBlocks({ ctx: ctx(), input: {} })).toMatchObject([{ used: 2, canManage: true }]);
  });

  test("a repeat of the same request gets the same block", async () => {
    const key = requestKey();
    const [first, second] = await Promise.all([reserve({ requestKey: key }), reserve({ requestKey: key })]);
    expect(second).toEqual(first);
    expect(await database.db.deviceIdBlock.count()).toBe(1);
  });

  test("many at once never overlap", async () => {
    const blocks = await Promise.all(Array.from({ length: 8 }, () => reserve({ count: 7 })));
    const numbers = blocks.flatMap(({ firstId, count }) => Array.from({ length: count }, (_, i) => Number(firstId.slice(2)) + i));
    expect(new Set(numbers).size).toBe(56);
  });

  test("nobody hoards: unused IDs of a farm and type are bounded, used ones do not count", async () => {
    for (let i = 0; i < 4; i++) await reserve({ count: 500 });
    await expect(reserve({ count: 1 })).rejects.toMatchObject({
      code: "conflict",
      fields: { count: expect.stringMatching(/2,000 reserved IDs/) as string },
    });
    await testDevice(database.db, { farmId, deviceId: "MM001" });
    expect(await reserve({ count: 1 })).toMatchObject({ firstId: "MM2001" });
    await expect(reserve({ type: "gate", count: 501 })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("ends where numbers end", async () => {
    await testDevice(database.db, { farmId, deviceId: "MM999995" });
    await expect(reserve()).rejects.toThrow("Fewer than 10 MM numbers are left");
    expect(await reserve({ count: 4 })).toMatchObject({ lastId: "MM999999" });
    expect(await propose()).toBeUndefined();
  });
});

describe("reserved IDs", () => {
  test("are for their farm and type only, whichever way a device is registered", async () => {
    await reserve();
    const wanted = { deviceId: "MM003", farmId: otherFarmId, type: "milk_meter" };
    const theirs = (input: Record<string, unknown>) => ({ ctx: ctx(stranger), input: wizardInput(otherFarmId, input) });
    for (const register of [provisionDevice, registerDevice]) {
      await expect(register(theirs({ deviceId: "MM003" }))).rejects.toMatchObject({
        code: "conflict",
        fields: { deviceId: "MM003 is reserved for another farm, choose another ID" },
      });
      await expect(register({ ctx: ctx(), input: wizardInput(farmId, { deviceId: "MM003", type: "gate" }) })).rejects.toMatchObject({
        fields: { deviceId: "MM003 is reserved for milk meters, choose another ID" },
      });
    }
    expect(await checkDeviceId({ ctx: ctx(stranger), input: wanted })).toMatchObject({ status: "reserved" });
    expect(await checkDeviceId({ ctx: ctx(), input: { ...wanted, farmId } })).toEqual({ status: "free" });
    await registerDevice({ ctx: ctx(), input: wizardInput(farmId, { deviceId: "MM003" }) });
    expect(await listIdBlocks({ ctx: ctx(), input: {} })).toMatchObject([{ used: 1 }]);
  });

  test("are not given out to devices that provision or replace themselves", async () => {
    await reserve();
    const manager = actorWith("farm_manager", farmId);
    const [token] = await issueTokens({ ctx: ctx(manager), input: { farmId, type: "milk_meter", requestKey: requestKey() } });
    const redeemed = await redeemToken({
      ctx: { db: database.db, now: new Date(), requestId: "test", address: "192.0.2.1" },
      input: { token: token!.token, nonce: requestKey() },
    });
    expect(redeemed.deviceId).toBe("MM011");
    const swap = (input: Record<string, unknown>) =>
      replaceDevice({ ctx: ctx(manager), input: { unit: "new", deviceId: "MM011", reason: "broken", requestKey: requestKey(), ...input } });
    await reserve({ type: "gate" });
    await expect(swap({ newDeviceId: "GT001" })).rejects.toMatchObject({
      fields: { newDeviceId: expect.stringContaining("reserved for") as string },
    });
    expect((await swap({})).device.deviceId).toBe("MM012");
  });

  test("five hundred are judged in one statement, and who reserved is named to those who may know", async () => {
    await reserve({ count: 500 });
    const wanted = Array.from({ length: 500 }, (_, i) => ({
      deviceId: `MM${String(i + 1).padStart(3, "0")}`,
      farmId: otherFarmId,
      type: "milk_meter" as const,
    }));
    const both = actorWith("farm_manager", farmId, otherFarmId);
    const refused = await findReservedIds(database.db, farmsSeenBy(both), [
      ...wanted,
      { ...wanted[0]!, deviceId: "MM0001" },
      { ...wanted[0]!, farmId },
    ]);
    expect(refused.size).toBe(500);
    expect(refused.get("MM500")).toBe("MM500 is reserved for Our farm, choose another ID");
  });
});

describe("releasing", () => {
  test("gives unused IDs back, once, and keeps who did it", async () => {
    const block = await reserve();
    await registerDevice({ ctx: ctx(), input: wizardInput(farmId, { deviceId: "MM002" }) });
    const release = (actor: UserActor = staff) => releaseDeviceIds({ ctx: ctx(actor), input: { blockId: block.id } });
    await expect(release(stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(release(actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
    expect(await release()).toEqual({ released: 9 });
    await expect(release()).rejects.toMatchObject({ code: "conflict" });
    expect(await propose()).toBe("MM003");
    expect(await listIdBlocks({ ctx: ctx(), input: {} })).toEqual([]);
    expect(await database.db.auditEvent.count({ where: { action: "device_ids.released", subjectId: block.id } })).toBe(1);
  });

  test("lists by farm, purpose and person", async () => {
    const colleague = actorWith("field_staff", farmId);
    await reserve();
    await reserve({ purpose: "offline", note: "Tablet 2" }, colleague);
    const list = (input: unknown, actor: UserActor = staff) => listIdBlocks({ ctx: ctx(actor), input });
    expect(await list({})).toHaveLength(2);
    expect(await list({ mine: true, purposes: ["offline"] }, colleague)).toMatchObject([{ note: "Tablet 2", purpose: "offline" }]);
    expect(await list({ farmIds: [otherFarmId] })).toEqual([]);
    expect(await list({}, stranger)).toEqual([]);
    expect(await list({}, actorWith("viewer", farmId))).toMatchObject([{ canManage: false }, { canManage: false }]);
  });
});
