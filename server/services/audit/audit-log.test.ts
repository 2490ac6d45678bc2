import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/server/actor";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { exportAudit } from "./export-audit";
import { listAudit } from "./list-audit";
import { recordAudit, type AuditEntry } from "./record-audit";

const database = useTestDatabase();
let farm: { id: string; code: string; name: string };
let otherFarmId: string;

const at = (hour: number, day = 10) => new Date(Date.UTC(2026, 10, day, hour));

beforeAll(async () => {
  farm = await testFarm(database.db, { name: "Nordhof" });
  otherFarmId = (await testFarm(database.db)).id;
  const edit = (entry: Partial<AuditEntry>): AuditEntry => ({
    action: "device.edited",
    subjectType: "device",
    subjectId: "MM001",
    farmId: farm.id,
    ...entry,
  });
  await write(at(1), edit({ before: { name: "Old 100%" }, after: { name: "New_name" } }));
  await write(at(2), edit({ subjectId: "MM002", actor: { kind: "device", label: "MM002" } }));
  await write(at(3), edit({ farmId: otherFarmId, subjectId: "TS001" }));
  await write(
    at(4),
    edit({ farmId: null, action: "person.invited", subjectType: "invitation", subjectId: "x", after: { name: "=cmd()" } }),
  );
  await write(
    at(23, 11),
    edit({ action: "group.created", subjectType: "group", subjectId: "Parlour", actor: { kind: "system", label: "job" } }),
  );
  // Of one moment: their order is by number.
  await write(at(5, 12), ...[1, 2, 3].map((n) => edit({ after: { n }, subjectId: `BB00${n}` })));
});

async function write(now: Date, ...entries: AuditEntry[]): Promise<void> {
  const ctx = { ...contextOf(database.db, actorWith("admin"), now), requestId: `request-${now.getUTCDate()}-${now.getUTCHours()}` };
  await database.db.$transaction((tx) => recordAudit(tx, ctx, entries));
}

const admin = actorWith("admin");
const list = (input: object = {}, actor: Actor = admin) => listAudit({ ctx: contextOf(database.db, actor), input });
const subjects = async (input: object, actor?: Actor) => (await list(input, actor)).events.map((event) => event.subjectId);
const EVERYTHING = ["BB003", "BB002", "BB001", "Parlour", "x", "TS001", "MM002", "MM001"];

describe("the audit log", () => {
  test("is whole for admins, one's farms' for managers, and closed to others", async () => {
    expect(await subjects({})).toEqual(EVERYTHING);
    const manager = actorWith("farm_manager", farm.id);
    expect(await subjects({}, manager)).toEqual(["BB003", "BB002", "BB001", "Parlour", "MM002", "MM001"]);
    expect(await subjects({ farmIds: [otherFarmId] }, manager)).toEqual([]);
    expect(await subjects({ search: "TS001" }, manager)).toEqual([]);
    for (const role of ["field_staff", "viewer"] as const)
      await expect(list({}, actorWith(role, farm.id))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("says who, what, where, before and after, and by which request", async () => {
    const { events } = await list({ search: "Old 100%" });
    expect(events).toEqual([
      {
        key: `${farm.id}:1`,
        chain: farm.id,
        seq: "1",
        at: at(1),
        actorKind: "user",
        actorLabel: "Test admin",
        action: "device.edited",
        subjectType: "device",
        subjectId: "MM001",
        farm: { id: farm.id, code: farm.code, name: "Nordhof" },
        before: { name: "Old 100%" },
        after: { name: "New_name" },
        requestId: "request-10-1",
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
  });

  test.each<[string, object, string[]]>([
    ["a first day", { from: "2026-11-11" }, ["BB003", "BB002", "BB001", "Parlour"]],
    ["a last day, included to its end", { to: "2026-11-11" }, ["Parlour", "x", "TS001", "MM002", "MM001"]],
    ["one day", { from: "2026-11-11", to: "2026-11-11" }, ["Parlour"]],
    ["kinds of actors", { actorKinds: ["device", "system"] }, ["Parlour", "MM002"]],
    ["kinds of things", { subjectTypes: ["group", "invitation"] }, ["Parlour", "x"]],
    ["who did it", { search: "JOB" }, ["Parlour"]],
    ["the action", { search: "person.inv" }, ["x"]],
    ["the request", { search: "request-12-5" }, ["BB003", "BB002", "BB001"]],
    ["text with the signs of patterns", { search: "w_n" }, ["MM001"]],
    ["a pattern that is none", { search: "%" }, ["MM001"]],
    ["what is nowhere", { search: "nothing like this" }, []],
    ["a backslash", { search: "\\" }, []],
  ])("by %s", async (_, filter, expected) => {
    expect(await subjects(filter)).toEqual(expected);
  });

  test("by pages, each event once, also those of one moment", async () => {
    for (const pageSize of [1, 2, 3]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({ pageSize, cursor });
        seen.push(...page.events.map((event) => event.subjectId));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(EVERYTHING);
    }
  });

  test.each([
    ["cursor", { cursor: "nonsense" }],
    ["cursor", { cursor: Buffer.from('["2026-11-11T00:00:00Z","x; DROP","1"]').toString("base64url") }],
    ["from", { from: "11.11.2026" }],
    ["to", { to: "2026-02-30" }],
    ["search", { search: "a\u0000b" }],
    ["farmIds.0", { farmIds: ["x"] }],
    ["subjectTypes.0", { subjectTypes: ["x'y"] }],
    ["pageSize", { pageSize: 201 }],
  ])("refuses a wrong %s by name", async (field, input) => {
    await expect(list(input)).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: expect.any(String) as string } });
  });
});

describe("as CSV", () => {
  async function csv(input: object, actor: Actor = admin): Promise<Record<string, string>[]> {
    let text = "";
    for await (const part of exportAudit({ ctx: contextOf(database.db, actor), input })) text += part;
    expect(text.startsWith("\ufeff")).toBe(true);
    return Papa.parse<Record<string, string>>(text.slice(1).trim(), { header: true }).data;
  }

  test("the same events in the same order, formulas disarmed", async () => {
    const rows = await csv({});
    expect(rows.map((row) => row.Subject)).toEqual(EVERYTHING);
    expect(rows[7]).toEqual({
      "Time (UTC)": "2026-11-10T01:00:00.000Z",
      "Actor kind": "user",
      Actor: "Test admin",
      Action: "device.edited",
      "Subject type": "device",
      Subject: "MM001",
      Farm: farm.code,
      Before: '{"name":"Old 100%"}',
      After: '{"name":"New_name"}',
      Request: "request-10-1",
      Chain: farm.id,
      Number: "1",
      Hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect((await csv({ from: "2026-11-11", actorKinds: ["system"] })).map((row) => row.Subject)).toEqual(["Parlour"]);
  });

  test("of one's own farms only", async () => {
    expect((await csv({}, actorWith("farm_manager", otherFarmId))).map((row) => row.Subject)).toEqual(["TS001"]);
    await expect(csv({}, actorWith("viewer", farm.id))).rejects.toMatchObject({ code: "forbidden" });
  });
});
