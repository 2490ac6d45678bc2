import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { createFarm } from "./create-farm";
import { listFarms } from "./list-farms";
import { updateFarm } from "./update-farm";

const database = useTestDatabase();
const MORNING = { name: "Morning", weekdays: [7, 1, 1], startMinute: 330, endMinute: 450 };
const NIGHT = { name: "Night", weekdays: [6], startMinute: 1400, endMinute: 60 };

beforeEach(async () => {
  await database.db.device.deleteMany();
  await database.db.farm.deleteMany();
});

function create(overrides: Record<string, unknown> = {}, actor = actorWith("admin")) {
  return createFarm({
    ctx: contextOf(database.db, actor),
    input: { code: "nord", name: "Nordhof", timeZone: "Europe/Berlin", milkingSessions: [MORNING, NIGHT], ...overrides },
  });
}

function update(id: string, overrides: Record<string, unknown> = {}, actor = actorWith("admin")) {
  return updateFarm({
    ctx: contextOf(database.db, actor),
    input: { id, version: 1, code: "NORD", name: "Nordhof", timeZone: "Europe/Berlin", ...overrides },
  });
}

describe("farms", () => {
  test("are added with their milking sessions, also over midnight", async () => {
    const farm = await create();
    expect(farm).toMatchObject({ code: "NORD", deviceCount: 0, version: 1, milkingSessions: [{ ...MORNING, weekdays: [1, 7] }, NIGHT] });
    expect(await database.db.auditEvent.count({ where: { farmId: farm.id, action: "farm.created" } })).toBe(1);
  });

  test("a code is taken once, also when ten people choose it at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => create()));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", fields: { code: /NORD exists already/ } });
  });

  test("are changed as a whole; a stale form overwrites nothing", async () => {
    const { id } = await create();
    expect(await update(id, { name: "Renamed", milkingSessions: [NIGHT] })).toMatchObject({
      name: "Renamed",
      version: 2,
      milkingSessions: [NIGHT],
    });
    await expect(update(id, { name: "Stale" })).rejects.toMatchObject({ code: "conflict", message: /Somebody else/ });
    expect(await database.db.farm.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Renamed" });
    expect(await database.db.milkingSession.count({ where: { farmId: id } })).toBe(1);
  });

  test("keep updates off until a moment, with the reason, and let them in again", async () => {
    const { id, freezeUntil: none } = await create();
    expect(none).toBeNull();
    const freezeUntil = new Date("2026-12-03T05:00:00Z");
    expect(await update(id, { freezeUntil, freezeReason: " Cattle show " })).toMatchObject({ freezeUntil, freezeReason: "Cattle show" });
    const [edited] = await database.db.auditEvent.findMany({ where: { farmId: id, action: "farm.edited" } });
    expect(edited).toMatchObject({ before: { freezeUntil: null }, after: { freezeUntil: freezeUntil.toISOString() } });
    await expect(update(id, { version: 2, freezeUntil: new Date(Number.NaN) })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { freezeUntil: "Choose a day and a time" },
    });
    expect(await update(id, { version: 2, freezeReason: "" })).toMatchObject({ freezeUntil: null, freezeReason: null });
  });

  test("cannot take another farm's code", async () => {
    const { id } = await create();
    await create({ code: "MOOR" });
    await expect(update(id, { code: "moor" })).rejects.toMatchObject({ code: "conflict", fields: { code: /MOOR/ } });
  });

  test("who may add and change them", async () => {
    const { id } = await create();
    for (const role of ["farm_manager", "field_staff", "viewer"] as const)
      await expect(create({ code: "X1" }, actorWith(role, id))).rejects.toMatchObject({ code: "forbidden" });
    for (const role of ["field_staff", "viewer"] as const)
      await expect(update(id, {}, actorWith(role, id))).rejects.toMatchObject({ code: "forbidden" });
    await expect(update(id, {}, actorWith("farm_manager"))).rejects.toMatchObject({ code: "not_found" });
    await expect(update("01890000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
    await expect(update(id, {}, actorWith("farm_manager", id))).resolves.toMatchObject({ version: 2 });
  });

  test("are listed by name with the devices that are not retired", async () => {
    const { id } = await testFarm(database.db, { name: "A farm" });
    const other = await testFarm(database.db, { name: "B farm" });
    await testDevice(database.db, { farmId: id });
    await testDevice(database.db, { farmId: id, lifecycle: "decommissioned" });
    const list = (actor: ReturnType<typeof actorWith>) => listFarms({ ctx: contextOf(database.db, actor) });
    expect(await list(actorWith("admin"))).toMatchObject([
      { name: "A farm", deviceCount: 1 },
      { name: "B farm", deviceCount: 0 },
    ]);
    expect(await list(actorWith("viewer", other.id))).toMatchObject([{ name: "B farm" }]);
    expect(await list(actorWith("viewer"))).toEqual([]);
  });
});
