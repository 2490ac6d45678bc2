import { beforeEach, describe, expect, test } from "vitest";
import { DEVICE_LIFECYCLES } from "@/server/domain/devices/lifecycle";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { authenticateDevices } from "@/server/services/provisioning/authenticate-devices";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { decommissionDevice } from "./decommission-device";
import { countDevices } from "./list/list-devices";
import { setMaintenance } from "./set-maintenance";

const database = useTestDatabase();
let farmId: string;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
});

function decommission(deviceId: string, actor = actorWith("farm_manager", farmId), reason = "sold") {
  return decommissionDevice({ ctx: contextOf(database.db, actor), input: { deviceId, reason } });
}

function maintain(deviceId: string, maintenance: boolean, actor = actorWith("field_staff", farmId), notes?: string) {
  return setMaintenance({ ctx: contextOf(database.db, actor), input: { deviceId, maintenance, notes } });
}

async function lifecycleOf(deviceId: string): Promise<string> {
  return (await database.db.device.findUniqueOrThrow({ where: { deviceId } })).lifecycle;
}

describe("decommissioning", () => {
  test("ends credentials, waiting commands and the connection, and says why", async () => {
    const { deviceId, id, password } = await testDevice(database.db, {
      farmId,
      lifecycle: "active",
      state: { connected: true, needsAttention: true },
    });
    const { commandId } = await identifyDevice({ ctx: contextOf(database.db, actorWith("admin")), input: { deviceId } });
    await decommission(deviceId);
    const row = await database.db.device.findUniqueOrThrow({ where: { id }, include: { state: true, credentials: true } });
    expect(row).toMatchObject({
      lifecycle: "decommissioned",
      decommissionReason: "sold",
      state: { connected: false, needsAttention: false },
    });
    expect(row.credentials.every((credential) => credential.revokedAt !== null)).toBe(true);
    const [verdict] = await authenticateDevices(database.db, [{ deviceId, secret: Buffer.from(password) }]);
    expect(verdict?.allowed).toBe(false);
    expect(await database.db.deviceCommand.findUniqueOrThrow({ where: { id: commandId } })).toMatchObject({
      state: "cancelled",
      error: "The device was decommissioned.",
    });
    expect(await database.db.changeFeed.count({ where: { topic: "credentials", ids: { has: deviceId } } })).toBe(1);
    expect(await database.db.auditEvent.count({ where: { subjectId: deviceId, action: "device.decommissioned" } })).toBe(1);
  });

  test("happens once, however many ask", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => decommission(deviceId)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  });

  test.each([
    ["admin", undefined],
    ["farm_manager", undefined],
    ["field_staff", "forbidden"],
    ["viewer", "forbidden"],
  ] as const)("by a %s: %s", async (role, code) => {
    const { deviceId } = await testDevice(database.db, { farmId });
    const attempt = decommission(deviceId, actorWith(role, farmId));
    if (code) await expect(attempt).rejects.toMatchObject({ code });
    else await expect(attempt).resolves.toBeUndefined();
    expect(await lifecycleOf(deviceId)).toBe(code ? "provisioned" : "decommissioned");
  });

  test("needs a reason", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await expect(decommission(deviceId, undefined, " ")).rejects.toMatchObject({
      code: "invalid_input",
      fields: { reason: expect.any(String) as string },
    });
  });
});

describe("maintenance", () => {
  const allowed = [
    ["provisioned", true],
    ["active", true],
    ["maintenance", false],
  ];
  const pairs = DEVICE_LIFECYCLES.flatMap((from) => [true, false].map((maintenance) => [from, maintenance] as const));
  test.each(pairs)("from %s, on: %s", async (from, maintenance) => {
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: from });
    const isAllowed = allowed.some(([state, on]) => state === from && on === maintenance);
    if (isAllowed) await expect(maintain(deviceId, maintenance)).resolves.toBeUndefined();
    else await expect(maintain(deviceId, maintenance)).rejects.toMatchObject({ code: "conflict" });
    expect(await lifecycleOf(deviceId)).toBe(!isAllowed ? from : maintenance ? "maintenance" : "provisioned");
  });

  test("a device that was heard goes back into service, one that was not goes back to waiting", async () => {
    const heard = await testDevice(database.db, { farmId, lifecycle: "active", firstConnectedAt: new Date() });
    const fresh = await testDevice(database.db, { farmId });
    for (const { deviceId } of [heard, fresh]) {
      await maintain(deviceId, true, undefined, "Auger is being replaced");
      await maintain(deviceId, false);
    }
    expect([await lifecycleOf(heard.deviceId), await lifecycleOf(fresh.deviceId)]).toEqual(["active", "provisioned"]);
    expect(await database.db.device.findUniqueOrThrow({ where: { id: heard.id } })).toMatchObject({
      maintenanceNotes: "Auger is being replaced",
    });
    const actions = await database.db.auditEvent.findMany({
      where: { subjectId: heard.deviceId },
      orderBy: { seq: "asc" },
      select: { action: true },
    });
    expect(actions.map((event) => event.action)).toEqual(["device.maintenance_started", "device.maintenance_ended"]);
  });

  test("what is in maintenance asks for nobody; afterwards a silent device does again", async () => {
    const state = {
      healthStatus: "critical",
      healthScore: 50,
      needsAttention: true,
      lastSeenAt: new Date(Date.now() - 3_600_000),
      connected: true,
    } as const;
    const { deviceId } = await testDevice(database.db, { farmId, lifecycle: "active", firstConnectedAt: new Date(), state });
    const inNeed = async () =>
      (await countDevices({ ctx: contextOf(database.db, actorWith("viewer", farmId)), input: { needsAttention: true } })).total;
    expect(await inNeed()).toBe(1);
    await maintain(deviceId, true);
    await sweepHealth(database.db);
    expect(await inNeed()).toBe(0);
    await maintain(deviceId, false);
    await sweepHealth(database.db);
    expect(await inNeed()).toBe(1);
    expect((await database.db.deviceState.findFirstOrThrow({ where: { device: { deviceId } } })).healthScore).toBe(50);
  });

  test("viewers may not", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    await expect(maintain(deviceId, true, actorWith("viewer", farmId))).rejects.toMatchObject({ code: "forbidden" });
  });
});
