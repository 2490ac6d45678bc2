import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { auditHash } from "./hash";
import { recordAudit } from "./record-audit";
import { verifyAudit, type AuditHead } from "./verify-audit";

const database = useTestDatabase();
let chain: string;

/** Five events on a farm of its own. */
beforeEach(async () => {
  await forge(`DELETE FROM audit_event`, `DELETE FROM audit_chain`);
  chain = (await testFarm(database.db)).id;
  for (const n of [1, 2, 3, 4, 5]) await write({ n, text: 'Stall 🐄 "7"', list: [1.5, null, { z: 1, a: 2 }] });
});

async function write(after: Record<string, unknown>, farmId: string | null = chain): Promise<void> {
  const ctx = contextOf(database.db, actorWith("admin"));
  await database.db.$transaction((tx) =>
    recordAudit(tx, ctx, [{ action: "device.edited", subjectType: "device", subjectId: "MM001", farmId, before: { n: 0 }, after }]),
  );
}

/** What an intruder with the database's own password does. */
async function forge(...statements: string[]): Promise<void> {
  const triggers = (verb: string) => ["audit_event", "audit_chain"].map((table) => `ALTER TABLE ${table} ${verb} TRIGGER USER`);
  const all = [...triggers("DISABLE"), ...statements, ...triggers("ENABLE")];
  await database.db.$transaction(all.map((sql) => database.db.$executeRawUnsafe(sql)));
}

async function findings(anchors: AuditHead[] = []): Promise<[string | null, string][]> {
  const verdict = await verifyAudit(database.db, anchors);
  expect(verdict.findings.every((finding) => finding.chain === chain)).toBe(true);
  return verdict.findings.map(({ seq, message }) => [seq, message]);
}

const where = (seq: number) => `chain = '${chain}' AND seq = ${seq}`;

test("an untouched log fits, however many chains it has", async () => {
  const other = (await testFarm(database.db)).id;
  await write({ name: "other" }, other);
  await write({ name: "system" }, null);
  const verdict = await verifyAudit(database.db);
  expect(verdict).toMatchObject({ chains: 3, events: 7, findings: [] });
  expect(verdict.heads.map((head) => [head.chain, head.seq]).sort()).toEqual(
    [
      [chain, "5"],
      [other, "1"],
      ["system", "1"],
    ].sort(),
  );
});

describe("changed behind its back", () => {
  test.each([
    ["what it was after", "after = '{}'"],
    ["what it was before", "before = NULL"],
    ["who", "actor_label = 'somebody else'"],
    ["the kind of who", "actor_kind = 'system'"],
    ["whose id", "actor_id = NULL"],
    ["when", "at = at - interval '1 ms'"],
    ["what", "action = 'device.read'"],
    ["which thing", "subject_id = 'MM002'"],
    ["which kind of thing", "subject_type = 'farm'"],
    ["where", "farm_id = NULL"],
    ["by which request", "request_id = 'another'"],
  ])("%s", async (_, change) => {
    await forge(`UPDATE audit_event SET ${change} WHERE ${where(3)}`);
    expect(await findings()).toEqual([["3", expect.stringMatching(/^was changed/)]]);
  });

  test("with its own hash made to fit, the next event gives it away", async () => {
    await forgeContent(3);
    expect(await findings()).toEqual([["4", expect.stringMatching(/does not build on the event before it/)]]);
  });

  test("the last one, with its hash made to fit, is given away by the head", async () => {
    await forgeContent(5);
    expect(await findings()).toEqual([["5", "is not the one that the head of the chain names"]]);
  });
});

/** Rewrites an event and its hash. */
async function forgeContent(seq: number): Promise<string> {
  const {
    before,
    previousHash,
    hash: _,
    ...row
  } = await database.db.auditEvent.findUniqueOrThrow({
    where: { chain_seq: { chain, seq: BigInt(seq) } },
  });
  const after = { forged: true };
  const hash = Buffer.from(auditHash(previousHash, { ...row, before: before ?? undefined, after })).toString("hex");
  await forge(`UPDATE audit_event SET after = '{"forged":true}', hash = '\\x${hash}' WHERE ${where(seq)}`);
  return hash;
}

describe("removed, inserted, reordered", () => {
  test("one is missing", async () => {
    await forge(`DELETE FROM audit_event WHERE ${where(3)}`);
    expect(await findings()).toEqual([["4", "follows a gap: event 3 was removed"]]);
  });

  test("the first ones are missing", async () => {
    await forge(`DELETE FROM audit_event WHERE chain = '${chain}' AND seq <= 2`);
    expect(await findings()).toEqual([["3", "follows a gap: events 1 to 2 were removed"]]);
  });

  test("one is missing and the rest numbered anew", async () => {
    await forge(
      `DELETE FROM audit_event WHERE ${where(3)}`,
      `UPDATE audit_event SET seq = 3 WHERE ${where(4)}`,
      `UPDATE audit_event SET seq = 4 WHERE ${where(5)}`,
      `UPDATE audit_chain SET last_seq = 4 WHERE chain = '${chain}'`,
    );
    expect((await findings())[0]).toEqual(["3", expect.stringMatching(/does not build on/)]);
  });

  test("one is inserted after the end, before the beginning", async () => {
    const copy = (seq: number) => `INSERT INTO audit_event SELECT chain, ${seq}, at, actor_kind, actor_id, actor_label, farm_id, action,
      subject_type, subject_id, before, after, request_id, previous_hash, hash FROM audit_event WHERE ${where(5)}`;
    await forge(copy(6));
    expect(await findings()).toEqual([
      ["6", expect.stringMatching(/does not build on/)],
      ["6", expect.stringMatching(/was changed/)],
      ["6", "was inserted after the end: the head says 5"],
    ]);
    await forge(`DELETE FROM audit_event WHERE ${where(6)}`, copy(0));
    expect((await findings())[0]).toEqual(["0", "was inserted: a chain begins at 1"]);
  });

  test("two are swapped", async () => {
    await forge(
      `UPDATE audit_event SET seq = 99 WHERE ${where(2)}`,
      `UPDATE audit_event SET seq = 2 WHERE ${where(3)}`,
      `UPDATE audit_event SET seq = 3 WHERE ${where(99)}`,
    );
    expect(new Set((await findings()).map(([seq]) => seq))).toEqual(new Set(["2", "3", "4"]));
  });

  test("the end is cut off", async () => {
    await forge(`DELETE FROM audit_event WHERE chain = '${chain}' AND seq > 3`);
    expect(await findings()).toEqual([["4", "the end was cut off: events 4 to 5 were removed"]]);
  });

  test("the head is gone", async () => {
    await forge(`DELETE FROM audit_chain WHERE chain = '${chain}'`);
    expect(await findings()).toEqual([[null, "the head of the chain was removed"]]);
  });
});

describe("beside heads that were kept elsewhere", () => {
  const cutOff = () =>
    forge(
      `DELETE FROM audit_event WHERE chain = '${chain}' AND seq > 3`,
      `UPDATE audit_chain SET last_seq = 3, last_hash = (SELECT hash FROM audit_event WHERE ${where(3)}) WHERE chain = '${chain}'`,
    );

  test("an end that was cut off together with its head is found; without them it cannot be", async () => {
    const { heads } = await verifyAudit(database.db);
    await cutOff();
    expect(await findings()).toEqual([]);
    expect(await findings(heads)).toEqual([["5", "was anchored and is gone"]]);
    for (const n of [4, 5, 6]) await write({ forged: n });
    expect(await findings(heads)).toEqual([["5", "is not the event that was anchored: history was rewritten"]]);
  });

  test("a chain that is gone altogether is found; one that has grown fits", async () => {
    const { heads } = await verifyAudit(database.db);
    await write({ later: true });
    expect(await findings(heads)).toEqual([]);
    await forge(`DELETE FROM audit_event`, `DELETE FROM audit_chain`);
    expect(await findings(heads)).toEqual([[null, "the whole chain was removed"]]);
  });
});

test("it fits while others write, over several pages", { timeout: 60_000 }, async () => {
  const many = Array.from({ length: 2_500 }, (_, n) => ({
    action: "device.edited",
    subjectType: "device" as const,
    subjectId: "MM001",
    farmId: chain,
    after: { n },
  }));
  await database.db.$transaction((tx) => recordAudit(tx, contextOf(database.db, actorWith("admin")), many));
  const [verdict] = await Promise.all([verifyAudit(database.db), ...Array.from({ length: 10 }, (_, n) => write({ n }))]);
  expect(verdict.findings).toEqual([]);
  expect(verdict.events).toBeGreaterThanOrEqual(2_505);
});

describe("npm run audit:verify", () => {
  async function run(...args: string[]): Promise<{ code: number; out: string }> {
    const child = spawn(process.execPath, ["--import", "tsx", "server/processes/audit-verify.ts", ...args], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out += String(data)));
    const [code] = (await once(child, "close")) as [number];
    return { code, out };
  }

  test("says which event, keeps heads of a sound log only, and compares with kept ones", { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-test-"));
    const heads = path.join(folder, "heads.json");
    expect(await run("--save", heads)).toMatchObject({
      code: 0,
      out: expect.stringContaining("5 events in 1 chains: nothing was tampered with") as string,
    });
    const kept = await readFile(heads, "utf8");
    expect(await run("--against", heads)).toMatchObject({ code: 0 });
    await forge(`UPDATE audit_event SET actor_label = 'somebody else' WHERE ${where(2)}`);
    const found = await run("--against", heads, "--save", heads);
    expect(found).toMatchObject({
      code: 1,
      out: expect.stringContaining(`✗ ${chain} event 2: was changed (device.edited, by somebody else)`) as string,
    });
    expect(await readFile(heads, "utf8")).toBe(kept);
    expect(await run("--against", path.join(folder, "none.json"))).toMatchObject({ code: 2 });
    await rm(folder, { recursive: true });
  });
});
