import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { canonicalJson } from "./hash";
import { listActivity } from "./list-activity";
import { recordAudit, type AuditEntry } from "./record-audit";
import { verifyAudit } from "./verify-audit";

const database = useTestDatabase();
let farmId: string;
let otherFarmId: string;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
  otherFarmId = (await testFarm(database.db)).id;
});

function entry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return { action: "device.edited", subjectType: "device", subjectId: "MM001", farmId, ...overrides };
}

function write(...entries: AuditEntry[]): Promise<void> {
  return database.db.$transaction((tx) => recordAudit(tx, contextOf(database.db, actorWith("admin")), entries));
}

/** What does not fit, over all chains. */
async function faults(): Promise<unknown[]> {
  return (await verifyAudit(database.db)).findings;
}

describe("the audit log", () => {
  test("each event holds the hash of the one before, over text, numbers, dates and emoji", async () => {
    await write(
      entry({ after: { name: 'Stall 🐄 "7"', when: new Date(0), nested: { z: 1, a: [2, { y: null, b: 1.5 }] } } }),
      entry({ before: { b: 1, a: 2 } }),
    );
    await write(entry());
    expect(await database.db.auditEvent.count({ where: { chain: farmId } })).toBe(3);
    expect(await faults()).toEqual([]);
  });

  test("fifty writers at once on two farms keep two unbroken chains", async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0 ? write(entry(), entry({ farmId: otherFarmId })) : write(entry({ farmId: otherFarmId }), entry()),
      ),
    );
    expect(await database.db.auditEvent.count({ where: { chain: { in: [farmId, otherFarmId] } } })).toBe(100);
    expect(await faults()).toEqual([]);
  });

  test("an event that is rolled back leaves no gap", async () => {
    const failing = database.db.$transaction(async (tx) => {
      await recordAudit(tx, contextOf(database.db, actorWith("admin")), [entry()]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    await write(entry());
    expect(await faults()).toEqual([]);
  });

  test.each([
    ["changed", "UPDATE audit_event SET actor_label = 'somebody else'"],
    ["deleted", "DELETE FROM audit_event"],
    ["emptied", "TRUNCATE audit_event"],
    ["forgotten", "DELETE FROM audit_chain"],
    ["forgotten at once", "TRUNCATE audit_chain"],
    ["turned back", "UPDATE audit_chain SET last_seq = last_seq - 1"],
    ["given another end", "UPDATE audit_chain SET last_hash = last_hash"],
  ])("cannot be %s", async (_, sql) => {
    await write(entry());
    await expect(database.db.$executeRawUnsafe(sql)).rejects.toThrow(/append-only|only grows/);
  });

  test("nothing to record is no statement", async () => {
    await write();
    expect(await database.db.auditChain.count({ where: { chain: farmId } })).toBe(0);
  });
});

test("canonical JSON has one text for one value", () => {
  expect(canonicalJson({ b: 1, a: { d: [3, { z: 1, y: 2 }], c: null } })).toBe(
    canonicalJson({ a: { c: null, d: [3, { y: 2, z: 1 }] }, b: 1 }),
  );
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
});

describe("recent activity", () => {
  const list = (actor: ReturnType<typeof actorWith>, input: unknown = {}) => listActivity({ ctx: contextOf(database.db, actor), input });

  test("is the caller's farms' only; what concerns no farm is for admins", async () => {
    await write(
      entry(),
      entry({ farmId: otherFarmId, subjectId: "MM002" }),
      entry({ farmId: null, action: "person.invited", subjectType: "invitation", subjectId: "x" }),
    );
    expect((await list(actorWith("viewer", farmId))).map((event) => event.subjectId)).toEqual(["MM001"]);
    expect(await list(actorWith("viewer", farmId), { farmId: otherFarmId })).toEqual([]);
    expect((await list(actorWith("admin"), { limit: 100 })).map((event) => event.subjectId)).toEqual(
      expect.arrayContaining(["MM001", "MM002", "x"]),
    );
  });

  test("of one device, newest first, bounded", async () => {
    const { deviceId } = await testDevice(database.db, { farmId });
    for (const action of ["first", "second", "third"]) await write(entry({ action, subjectId: deviceId }));
    const events = await list(actorWith("viewer", farmId), { deviceId: deviceId.toLowerCase(), limit: 2 });
    expect(events.map((event) => event.action)).toEqual(["third", "second"]);
    await expect(list(actorWith("admin"), { limit: 101 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(list(actorWith("admin"), { deviceId: "a\u0000b" })).rejects.toMatchObject({ code: "invalid_input" });
  });
});
