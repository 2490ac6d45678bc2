import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { editDevice } from "@/server/services/devices/edit-device";
import { completeRecord } from "@/server/services/maintenance/complete-record";
import { deletePhoto } from "@/server/services/photos/delete-photo";
import { readPhoto } from "@/server/services/photos/read-photo";
import { pruneActions } from "./prune-actions";
import { performAction } from "./perform-action";

const database = useTestDatabase();
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
let farmId: string;
let fitter: UserActor;
let manager: UserActor;

beforeAll(async () => {
  farmId = (await testFarm(database.db)).id;
  fitter = await person("field_staff");
  manager = await person("farm_manager");
});

async function person(role: "field_staff" | "farm_manager" | "viewer"): Promise<UserActor> {
  const actor = actorWith(role, farmId);
  await database.db.user.create({ data: { id: actor.userId, name: actor.name, email: actor.email } });
  return actor;
}

const ctx = (actor = fitter) => contextOf(database.db, actor);
const newDevice = (fields: object = {}) =>
  testDevice(database.db, { farmId, lifecycle: "active", firstConnectedAt: new Date(), location: "Yard", ...fields });
const perform = (action: object, actor = fitter) =>
  performAction({ ctx: ctx(actor), input: { id: randomUUID(), ownerId: actor.userId, doneAt: "2026-03-01T08:30:00Z", ...action } });
const rowOf = (deviceId: string) =>
  database.db.device.findUniqueOrThrow({ where: { deviceId }, include: { maintenance: true, photos: true, diagnostics: true } });
const auditOf = (deviceId: string) => database.db.auditEvent.findMany({ where: { subjectId: deviceId }, orderBy: { seq: "asc" } });

describe("exactly once", () => {
  test("the same action again, also many at once, changes nothing and gets the same answer", async () => {
    const { deviceId } = await newDevice();
    const action = { kind: "set_location", id: randomUUID(), deviceId, location: "Stall 4", base: "Yard" };
    const answers = await Promise.all(Array.from({ length: 6 }, () => perform(action)));
    answers.push(await perform({ ...action, location: "Something else" }));
    expect(answers).toEqual(Array(7).fill({ outcome: "done" }));
    expect(await rowOf(deviceId)).toMatchObject({ location: "Stall 4", version: 2 });
    expect(await auditOf(deviceId)).toMatchObject([
      { action: "device.edited", before: { location: "Yard" }, after: { location: "Stall 4" } },
    ]);
  });

  test("what is refused leaves nothing behind, so the same id may be tried again", async () => {
    const action = { kind: "set_maintenance", id: randomUUID(), maintenance: true, deviceId: "QQ100" };
    await expect(perform(action)).rejects.toMatchObject({ code: "not_found" });
    await newDevice({ deviceId: "QQ100" });
    expect(await perform(action)).toEqual({ outcome: "done" });
    expect(await rowOf("QQ100")).toMatchObject({ lifecycle: "maintenance" });
  });

  test("an id is each person's own; nobody sends what another did", async () => {
    const { deviceId } = await newDevice();
    const id = randomUUID();
    await perform({ kind: "set_location", id, deviceId, location: "A", base: "Yard" });
    await perform({ kind: "set_location", id, deviceId, location: "B", base: "A" }, manager);
    expect(await rowOf(deviceId)).toMatchObject({ location: "B" });
    await expect(
      perform({ kind: "set_location", deviceId, location: "C", base: "B", ownerId: fitter.userId }, manager),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Somebody else did this") as string });
  });

  test("a season later they are forgotten", async () => {
    const { deviceId } = await newDevice();
    const [old, recent] = [randomUUID(), randomUUID()];
    await perform({ kind: "run_diagnostic", id: old, deviceId });
    await perform({ kind: "run_diagnostic", id: recent, deviceId });
    await database.db.fieldAction.updateMany({ where: { id: old }, data: { receivedAt: new Date(Date.now() - 121 * 86_400_000) } });
    expect(await pruneActions(database.db)).toBe(1);
    expect(await database.db.fieldAction.count({ where: { id: { in: [old, recent] } } })).toBe(1);
  });
});

describe("a place", () => {
  test("that others have changed meanwhile is shown side by side, and then chosen", async () => {
    const { deviceId } = await newDevice();
    await editDevice({ ctx: ctx(manager), input: { deviceId, version: 1, name: "Renamed", location: "Calf barn" } });
    const action = { kind: "set_location", id: randomUUID(), deviceId, location: "Stall 9", base: "Yard" };
    expect(await perform(action)).toEqual({
      outcome: "conflict",
      conflict: {
        about: "location",
        base: "Yard",
        yours: "Stall 9",
        theirs: "Calf barn",
        change: { by: manager.name, at: expect.any(String) as string },
      },
    });
    expect(await rowOf(deviceId)).toMatchObject({ location: "Calf barn", version: 2 });
    expect(await perform({ ...action, id: randomUUID(), base: "Calf barn" })).toEqual({ outcome: "done" });
    expect(await rowOf(deviceId)).toMatchObject({ location: "Stall 9", name: "Renamed" });
  });

  test("is set although something else about the device was changed, or somebody said the same", async () => {
    const { deviceId } = await newDevice();
    await editDevice({ ctx: ctx(manager), input: { deviceId, version: 1, name: "Renamed", location: "Yard" } });
    expect(await perform({ kind: "set_location", deviceId, location: "Stall 1", base: "Yard" })).toEqual({ outcome: "done" });
    expect(await perform({ kind: "set_location", deviceId, location: "Stall 1", base: "Elsewhere" })).toEqual({ outcome: "done" });
    expect(await rowOf(deviceId)).toMatchObject({ location: "Stall 1", version: 3 });
  });
});

describe("work", () => {
  const planned = async () => {
    const device = await newDevice({ lifecycle: "maintenance" });
    const record = await database.db.maintenanceRecord.create({
      data: {
        deviceKey: device.id,
        type: "repair",
        title: "Gasket",
        plannedFor: new Date("2026-03-01"),
        parts: "Gasket 40 mm",
        cost: 12.5,
        currency: "EUR",
      },
    });
    return { deviceId: device.deviceId, recordId: record.id };
  };

  test("is closed with what was planned kept", async () => {
    const { deviceId, recordId } = await planned();
    await perform({ kind: "complete_work", deviceId, recordId, base: 1, doneOn: "2026-03-01", notes: "Tight again" });
    const [record] = (await rowOf(deviceId)).maintenance;
    expect(record).toMatchObject({ status: "done", notes: "Tight again", parts: "Gasket 40 mm", currency: "EUR", technician: fitter.name });
    expect(record?.cost?.toNumber()).toBe(12.5);
  });

  test("that somebody else has closed is shown, with who and how", async () => {
    const { deviceId, recordId } = await planned();
    await completeRecord({
      ctx: ctx(manager),
      input: { recordId, version: 1, doneOn: "2026-02-28", notes: "Done by us", technician: "Kim" },
    });
    expect(await perform({ kind: "complete_work", deviceId, recordId, base: 1, doneOn: "2026-03-01", notes: "Mine" })).toMatchObject({
      outcome: "conflict",
      conflict: {
        about: "work",
        title: "Gasket",
        yours: { doneOn: "2026-03-01", notes: "Mine" },
        theirs: { status: "done", doneOn: "2026-02-28", technician: "Kim", notes: "Done by us" },
        version: 2,
        change: { by: manager.name },
      },
    });
  });

  test("of another device is not closed", async () => {
    const { recordId } = await planned();
    const { deviceId } = await newDevice();
    await expect(perform({ kind: "complete_work", deviceId, recordId, base: 1, doneOn: "2026-03-01" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the rest of what a fitter does", () => {
  test("a picture is kept when it is one, up to six", async () => {
    const { deviceId } = await newDevice();
    for (let index = 0; index < 6; index++) await perform({ kind: "add_photo", deviceId, content: PIXEL });
    await expect(perform({ kind: "add_photo", deviceId, content: PIXEL })).rejects.toMatchObject({ code: "conflict" });
    await expect(perform({ kind: "add_photo", deviceId, content: btoa("<svg/>") })).rejects.toMatchObject({ code: "invalid_input" });
    const { photos } = await rowOf(deviceId);
    expect(photos).toHaveLength(6);
    const [first] = photos;
    const { content } = await readPhoto({ ctx: ctx(await person("viewer")), input: { id: first?.id ?? "" } });
    expect(Buffer.from(content).toString("base64")).toBe(PIXEL);
    const stranger = actorWith("field_staff", (await testFarm(database.db)).id);
    for (const id of [first?.id ?? "", randomUUID(), "nonsense"])
      await expect(readPhoto({ ctx: ctx(stranger), input: { id } })).rejects.toMatchObject({ code: "not_found" });
    await deletePhoto({ ctx: ctx(), input: { deviceId, photoId: first?.id ?? "" } });
    expect((await rowOf(deviceId)).photos).toHaveLength(5);
    await expect(deletePhoto({ ctx: ctx(), input: { deviceId, photoId: first?.id } })).rejects.toMatchObject({ code: "not_found" });
    expect(photos[0]).toMatchObject({ contentType: "image/png", takenById: fitter.userId, takenAt: new Date("2026-03-01T08:30:00Z") });
  });

  test("maintenance that somebody else has started counts as done", async () => {
    const { deviceId } = await newDevice({ lifecycle: "maintenance" });
    expect(await perform({ kind: "set_maintenance", deviceId, maintenance: true })).toEqual({ outcome: "done" });
    expect(await perform({ kind: "set_maintenance", deviceId, maintenance: false })).toEqual({ outcome: "done" });
    expect(await rowOf(deviceId)).toMatchObject({ lifecycle: "active" });
  });

  test("a new device is registered as a draft, once, and its credentials wait", async () => {
    const device = { type: "gate", name: "Pasture gate", farmId, location: "Track 3" };
    const action = { kind: "register", id: randomUUID(), deviceId: "GT301", device };
    expect([await perform(action), await perform(action)]).toEqual(Array(2).fill({ outcome: "done" }));
    expect(await rowOf("GT301")).toMatchObject({ lifecycle: "draft", location: "Track 3" });
    await expect(perform({ ...action, id: randomUUID() })).rejects.toMatchObject({ code: "conflict" });
  });

  test.each([
    ["somebody who only looks", "viewer", "forbidden"],
    ["somebody of another farm", "stranger", "not_found"],
  ])("%s does nothing", async (_, who, code) => {
    const { deviceId } = await newDevice();
    const actor = who === "viewer" ? await person("viewer") : actorWith("field_staff", (await testFarm(database.db)).id);
    if (who === "stranger") await database.db.user.create({ data: { id: actor.userId, name: actor.name, email: actor.email } });
    const before = JSON.stringify(await rowOf(deviceId));
    for (const action of [
      { kind: "set_location", location: "X", base: "Yard" },
      { kind: "set_maintenance", maintenance: true },
      { kind: "add_photo", content: PIXEL },
      { kind: "run_diagnostic" },
    ])
      await expect(perform({ ...action, deviceId }, actor)).rejects.toMatchObject({ code });
    expect(JSON.stringify(await rowOf(deviceId))).toBe(before);
  });
});
