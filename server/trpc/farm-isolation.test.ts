import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { actorWith, contextOf, requestKey, testDevice, testFarm, testPerson, wizardInput, type Role } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { appRouter } from "./root";

const database = useTestDatabase();

interface Target {
  farmId: string;
  deviceId: string;
}

interface Expectation {
  /** Who may do it on their own farm. */
  may: readonly Role[] | "public";
  /** What happens to a stranger: refused, or an answer without a trace of the other farm. */
  stranger: "NOT_FOUND" | "FORBIDDEN" | "sees nothing" | "not about a farm";
  /** Aimed at one farm or its device. */
  input: (target: Target) => unknown;
}

const ALL = ["admin", "farm_manager", "field_staff", "viewer"] as const;
const STAFF = ["admin", "farm_manager", "field_staff"] as const;
const MANAGERS = ["admin", "farm_manager"] as const;
const ADMIN = ["admin"] as const;
const UNKNOWN_ID = "01890000-0000-7000-8000-000000000000";
const farmInput = (id: string) => ({ id, version: 1, code: "TAKEN", name: "Taken over", timeZone: "Europe/Berlin" });

/** Every procedure has a row; one that is added without thinking about farms fails the first test. */
const EXPECTATIONS: Record<string, Expectation> = {
  "devices.overview": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId }) },
  "devices.list": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmIds: [farmId], search: deviceId }) },
  "devices.get": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "devices.proposeId": { may: ALL, stranger: "not about a farm", input: () => ({ type: "gate" }) },
  // IDs are unique over all farms, so that one is taken is no secret; whose it is, is one.
  "devices.checkId": { may: ALL, stranger: "sees nothing", input: ({ deviceId }) => ({ deviceId }) },
  "devices.provision": { may: STAFF, stranger: "NOT_FOUND", input: ({ farmId }) => wizardInput(farmId, { deviceId: "XX999" }) },
  "devices.edit": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, version: 1, name: "Taken over" }) },
  "devices.setMaintenance": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, maintenance: true }) },
  "devices.decommission": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, reason: "taken over" }) },
  "provisioning.rotateCredentials": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ deviceId, requestKey: requestKey() }),
  },
  "provisioning.revokeCredentials": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "provisioning.issueToken": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "commands.identify": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "commands.list": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "farms.list": { may: ALL, stranger: "sees nothing", input: () => undefined },
  "farms.create": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: () => ({
      code: `NEW${requestKey()
        .slice(0, 5)
        .replace(/[^A-Z0-9]/gi, "X")}`,
      name: "New",
      timeZone: "UTC",
    }),
  },
  "farms.update": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ farmId }) => farmInput(farmId) },
  "people.setUp": { may: "public", stranger: "not about a farm", input: () => ({}) },
  "people.acceptInvitation": { may: "public", stranger: "not about a farm", input: () => ({}) },
  "people.list": { may: ADMIN, stranger: "FORBIDDEN", input: () => undefined },
  "people.invite": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: ({ farmId }) => ({ name: "N", email: "n@farm.example", farmIds: [farmId] }),
  },
  "people.update": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: ({ farmId }) => ({ id: UNKNOWN_ID, isAdmin: false, disabled: false, memberships: [{ farmId, role: "viewer" }] }),
  },
  "people.revokeInvitation": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
  "audit.activity": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmId, deviceId }) },
  "live.changes": { may: ALL, stranger: "sees nothing", input: () => undefined },
};

const request = (actor: UserActor | undefined) => ({
  db: database.db,
  actor,
  currentActor: () => Promise.resolve(actor),
  address: "192.0.2.1",
  requestId: "request-of-a-test",
});
const names = Object.keys(appRouter._def.procedures);

function call(name: string, actor: UserActor | undefined, input: unknown): Promise<unknown> {
  const caller: unknown = appRouter.createCaller(request(actor));
  const procedure = name.split(".").reduce((part, key) => (part as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  return procedure(input);
}

/** `undefined` when the call went through, or failed for a reason that has nothing to do with rights. */
async function refusal(name: string, actor: UserActor | undefined, input: unknown): Promise<string | undefined> {
  try {
    await call(name, actor, input);
    return undefined;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "INTERNAL_SERVER_ERROR" || code === undefined) throw error;
    return code;
  }
}

let ours: Target;
let theirs: Target & { id: string };
let theirFarmName: string;

beforeAll(async () => {
  const { db } = database;
  const ourFarm = await testFarm(db);
  ours = { farmId: ourFarm.id, deviceId: (await testDevice(db, { farmId: ourFarm.id })).deviceId };
  const theirFarm = await testFarm(db, { name: "Farm of the others" });
  theirFarmName = theirFarm.name;
  theirs = await testDevice(db, {
    farmId: theirFarm.id,
    name: "Device of the others",
    lifecycle: "active",
    state: { connected: true, needsAttention: true, healthStatus: "critical", lastSeenAt: new Date() },
  });
  await testPerson(db, { memberships: { create: { farmId: theirFarm.id, role: "viewer" } } });
  await identifyDevice({ ctx: contextOf(db, actorWith("admin")), input: { deviceId: theirs.deviceId } });
});

/** Everything of the other farm, as text. */
async function otherFarm(): Promise<string> {
  const { db } = database;
  const rows = await Promise.all([
    db.farm.findMany({ where: { id: theirs.farmId }, include: { memberships: true, milkingSessions: true, tokens: true } }),
    db.device.findMany({ where: { farmId: theirs.farmId }, include: { state: true, credentials: true, commands: true, tokens: true } }),
    db.auditEvent.findMany({ where: { farmId: theirs.farmId } }),
    db.changeFeed.findMany({ where: { farmIds: { has: theirs.farmId } } }),
  ]);
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

test("every procedure of the router has its row", () => {
  expect(Object.keys(EXPECTATIONS).sort()).toEqual([...names].sort());
});

describe("a person of another farm", () => {
  test.each(names)("%s", async (name) => {
    const expectation = EXPECTATIONS[name]!;
    const stranger = actorWith("field_staff", ours.farmId);
    const before = await otherFarm();
    const input = expectation.input(theirs);
    if (expectation.stranger === "NOT_FOUND" || expectation.stranger === "FORBIDDEN") {
      expect(await refusal(name, stranger, input)).toBe(expectation.stranger);
    } else if (expectation.stranger === "sees nothing") {
      const answer =
        name === "live.changes"
          ? await firstChange(stranger)
          : [await call(name, stranger, input), await call(name, actorWith("viewer"), input)];
      const text = JSON.stringify(answer);
      for (const trace of [theirs.farmId, theirFarmName, "Device of the others", theirs.id]) expect(text).not.toContain(trace);
      if (name !== "devices.checkId") expect(text).not.toContain(theirs.deviceId);
      // Not even as a number.
      if (name === "devices.overview") expect(answer).toMatchObject([{ total: 0, online: 0, needsAttention: { total: 0 } }, { total: 0 }]);
      if (name === "devices.list")
        expect(answer).toMatchObject([
          { total: 0, registered: 1 },
          { total: 0, registered: 0 },
        ]);
    }
    expect(await otherFarm()).toBe(before);
  });

  test("the same calls do something, when they come from somebody who may", async () => {
    const silent: string[] = [];
    for (const [name, { may, stranger, input }] of Object.entries(EXPECTATIONS)) {
      if (may === "public" || stranger !== "sees nothing" || name === "live.changes") continue;
      const text = JSON.stringify(await call(name, actorWith("viewer", theirs.farmId), input(theirs)));
      if (name !== "devices.checkId" && !text.includes(theirs.deviceId) && !text.includes(theirs.farmId)) silent.push(name);
    }
    expect(silent).toEqual([]);
  });

  async function firstChange(actor: UserActor): Promise<unknown> {
    const abort = new AbortController();
    const caller = appRouter.createCaller(request(actor), { signal: abort.signal });
    const seen: unknown[] = [];
    const stream = await caller.live.changes();
    setTimeout(() => abort.abort(), 1_000);
    for await (const change of stream) seen.push(change);
    return seen;
  }
});

describe("roles on the own farm", () => {
  const pairs = names.flatMap((name) => ALL.map((role) => [name, role] as const));
  test.each(pairs.filter(([name]) => EXPECTATIONS[name]?.may !== "public" && name !== "live.changes"))("%s as %s", async (name, role) => {
    const { may, input } = EXPECTATIONS[name]!;
    const target = { farmId: ours.farmId, deviceId: (await testDevice(database.db, { farmId: ours.farmId })).deviceId };
    const code = await refusal(name, actorWith(role, ours.farmId), input(target));
    expect(code === "FORBIDDEN" || code === "UNAUTHORIZED").toBe(!(may as readonly Role[]).includes(role));
  });
});

describe("nobody is signed in", () => {
  test.each(names)("%s", async (name) => {
    const { may, input } = EXPECTATIONS[name]!;
    const code = await refusal(name, undefined, input(ours));
    expect(code === "UNAUTHORIZED").toBe(may !== "public");
  });
});
