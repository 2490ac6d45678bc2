import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Caller, KeyActor, UserActor } from "@/server/actor";
import { mintKeyScope } from "@/server/auth/mint-farm-scope";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { actorWith, contextOf, testDevice, testFarm, testPerson, type Role } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { ALL, type Expectation, type Target } from "@/server/testing/isolation/expectation";
import { testTarget } from "@/server/testing/isolation/target";
import { ALERTS_EXPECTATIONS } from "@/server/testing/isolation/alerts";
import { API_KEYS_EXPECTATIONS } from "@/server/testing/isolation/api-keys";
import { AUDIT_EXPECTATIONS } from "@/server/testing/isolation/audit";
import { BULK_EXPECTATIONS } from "@/server/testing/isolation/bulk";
import { COMMANDS_EXPECTATIONS } from "@/server/testing/isolation/commands";
import { DEVICES_EXPECTATIONS } from "@/server/testing/isolation/devices";
import { DIAGNOSTICS_EXPECTATIONS } from "@/server/testing/isolation/diagnostics";
import { FARMS_EXPECTATIONS } from "@/server/testing/isolation/farms";
import { FIRMWARE_EXPECTATIONS } from "@/server/testing/isolation/firmware";
import { GROUPS_EXPECTATIONS } from "@/server/testing/isolation/groups";
import { HEALTH_EXPECTATIONS } from "@/server/testing/isolation/health";
import { LABELS_EXPECTATIONS } from "@/server/testing/isolation/labels";
import { IMPORTS_EXPECTATIONS } from "@/server/testing/isolation/imports";
import { LIVE_EXPECTATIONS } from "@/server/testing/isolation/live";
import { MAINTENANCE_EXPECTATIONS } from "@/server/testing/isolation/maintenance";
import { NOTIFICATIONS_EXPECTATIONS } from "@/server/testing/isolation/notifications";
import { OVERVIEW_EXPECTATIONS } from "@/server/testing/isolation/overview";
import { PEOPLE_EXPECTATIONS } from "@/server/testing/isolation/people";
import { PROVISIONING_EXPECTATIONS } from "@/server/testing/isolation/provisioning";
import { ROLLOUTS_EXPECTATIONS } from "@/server/testing/isolation/rollouts";
import { SCAN_EXPECTATIONS } from "@/server/testing/isolation/scan";
import { SYSTEM_EXPECTATIONS } from "@/server/testing/isolation/system";
import { TAGS_EXPECTATIONS } from "@/server/testing/isolation/tags";
import { VIEWS_EXPECTATIONS } from "@/server/testing/isolation/views";
import { WEBHOOKS_EXPECTATIONS } from "@/server/testing/isolation/webhooks";
import { appRouter } from "./root";

const database = useTestDatabase();

/** Every procedure has a row; one that is added without thinking about farms fails the first test. */
const EXPECTATIONS: Record<string, Expectation> = {
  ...DEVICES_EXPECTATIONS,
  ...PROVISIONING_EXPECTATIONS,
  ...COMMANDS_EXPECTATIONS,
  ...FARMS_EXPECTATIONS,
  ...PEOPLE_EXPECTATIONS,
  ...AUDIT_EXPECTATIONS,
  ...LIVE_EXPECTATIONS,
  ...GROUPS_EXPECTATIONS,
  ...TAGS_EXPECTATIONS,
  ...MAINTENANCE_EXPECTATIONS,
  ...DIAGNOSTICS_EXPECTATIONS,
  ...VIEWS_EXPECTATIONS,
  ...BULK_EXPECTATIONS,
  ...ALERTS_EXPECTATIONS,
  ...HEALTH_EXPECTATIONS,
  ...ROLLOUTS_EXPECTATIONS,
  ...NOTIFICATIONS_EXPECTATIONS,
  ...FIRMWARE_EXPECTATIONS,
  ...OVERVIEW_EXPECTATIONS,
  ...LABELS_EXPECTATIONS,
  ...SCAN_EXPECTATIONS,
  ...IMPORTS_EXPECTATIONS,
  ...API_KEYS_EXPECTATIONS,
  ...WEBHOOKS_EXPECTATIONS,
  ...SYSTEM_EXPECTATIONS,
};

const request = (actor: Caller | undefined) => ({
  db: database.db,
  actor,
  currentActor: () => Promise.resolve(actor),
  address: "192.0.2.1",
  requestId: "request-of-a-test",
});
const names = Object.keys(appRouter._def.procedures);

async function call(name: string, actor: Caller | undefined, input: unknown): Promise<unknown> {
  if (actor?.kind === "user") await rowOf(actor);
  const caller: unknown = appRouter.createCaller(request(actor));
  const procedure = name.split(".").reduce((part, key) => (part as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  return procedure(input);
}

/** Some of what people make is theirs by reference. */
async function rowOf({ userId: id, name, email }: UserActor): Promise<void> {
  await database.db.user.upsert({ where: { id }, create: { id, name, email }, update: {} });
}

/** These name nothing; what they count is tested where they are. */
const NUMBERS_ONLY = [
  "devices.checkId",
  "devices.count",
  "devices.overview",
  "alerts.counts",
  "overview.history",
  "overview.alertsPerDay",
  "overview.firmware",
  "rollouts.preflight",
];

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
let theirs: Target & { deviceKey: string };
let theirFarmName: string;

beforeAll(async () => {
  const { db } = database;
  const ourFarm = await testFarm(db);
  ours = await testTarget(db, { farmId: ourFarm.id });
  const theirFarm = await testFarm(db, { name: "Farm of the others" });
  theirFarmName = theirFarm.name;
  theirs = await testTarget(db, {
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
    db.device.findMany({
      where: { farmId: theirs.farmId },
      include: {
        state: true,
        credentials: true,
        commands: true,
        tokens: true,
        tags: true,
        maintenance: true,
        diagnostics: true,
        bulkItems: true,
        photos: true,
      },
    }),
    db.deviceGroup.findMany({ where: { farmId: theirs.farmId } }),
    db.labelPrint.findMany({ where: { farmId: theirs.farmId } }),
    db.deviceIdBlock.findMany({ where: { farmId: theirs.farmId } }),
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
    if (["NOT_FOUND", "FORBIDDEN", "CONFLICT"].includes(expectation.stranger)) {
      expect(await refusal(name, stranger, input)).toBe(expectation.stranger);
    } else if (expectation.stranger === "sees nothing") {
      const answer =
        name === "live.changes"
          ? await firstChange(stranger)
          : [await call(name, stranger, input), await call(name, actorWith("viewer"), input)];
      const text = JSON.stringify(answer);
      for (const trace of [theirs.farmId, theirFarmName, "Device of the others", theirs.deviceKey, theirs.groupId, theirs.tagId])
        expect(text).not.toContain(trace);
      if (name !== "devices.checkId") expect(text).not.toContain(theirs.deviceId);
      // Not even as a number.
      if (name === "devices.overview") expect(answer).toMatchObject([{ total: 0, online: 0, needsAttention: 0 }, { total: 0 }]);
      if (name === "devices.list") expect(answer).toEqual(Array(2).fill({ devices: [], nextCursor: null }));
      if (name === "alerts.counts")
        expect(answer).toMatchObject([
          { total: 0, byType: [] },
          { total: 0, byType: [] },
        ]);
      if (name === "devices.count")
        expect(answer).toEqual([
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
      const isSilent = ![theirs.deviceId, theirs.farmId, theirs.groupId].some((trace) => text.includes(trace));
      if (isSilent && !NUMBERS_ONLY.includes(name)) silent.push(name);
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
    const target = { ...ours, deviceId: (await testDevice(database.db, { farmId: ours.farmId })).deviceId };
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

describe("an API key of an admin, without a single scope", () => {
  test.each(names.filter((name) => EXPECTATIONS[name]?.may !== "public" && name !== "live.changes"))("%s", async (name) => {
    const owner = actorWith("admin");
    await rowOf(owner);
    const scope = mintKeyScope({ isAdmin: true, memberships: [] }, { farmIds: [], scopes: [] });
    const key: KeyActor = { kind: "api_key", keyId: randomUUID(), userId: owner.userId, name: "Key", isAdmin: false, scope };
    const before = await otherFarm();
    const { input } = EXPECTATIONS[name]!;
    const answer = await call(name, key, input(theirs)).catch((error: unknown) => (error as { code?: string }).code ?? String(error));
    const text = JSON.stringify(answer) ?? "";
    for (const trace of [theirs.farmId, theirFarmName, theirs.deviceKey, theirs.groupId]) expect(text).not.toContain(trace);
    if (name !== "devices.checkId") expect(text).not.toContain(theirs.deviceId);
    expect(await otherFarm()).toBe(before);
  });
});
