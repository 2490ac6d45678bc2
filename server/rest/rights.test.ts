import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_SCOPES } from "@/server/domain/api-keys/scopes";
import { testApiKey } from "@/server/testing/api-keys";
import { testFarm, testPerson, type Role } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { ALL, type Target } from "@/server/testing/isolation/expectation";
import { REST_EXPECTATIONS } from "@/server/testing/isolation/rest";
import { testTarget } from "@/server/testing/isolation/target";
import { callRest } from "@/server/testing/rest";
import { REST_ROUTES } from "./rest-routes";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-rights-"));
process.env.DATA_DIR = dataFolder;
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const database = useTestDatabase();
const names = REST_ROUTES.map(({ operationId }) => operationId);
let ours: Target;
let theirs: Target;
/** Keys with every scope, whose owners have one role on our farm. */
const keys = new Map<Role, string>();
let strangerKey: string;

beforeAll(async () => {
  const { db } = database;
  ours = await testTarget(db, { farmId: (await testFarm(db)).id, lifecycle: "active" });
  theirs = await testTarget(db, { farmId: (await testFarm(db, { name: "Farm of the others" })).id, lifecycle: "active" });
  for (const role of ALL) keys.set(role, await keyOf(role, ours.farmId));
  strangerKey = await keyOf("field_staff", ours.farmId);
});

async function keyOf(role: Role, farmId: string, scopes: readonly string[] = API_SCOPES): Promise<string> {
  const { db } = database;
  const rights = role === "admin" ? { isAdmin: true } : { memberships: { create: { farmId, role } } };
  const owner = await testPerson(db, rights);
  return (await testApiKey(db, { ownerId: owner.id, scopes: [...scopes] })).authorization;
}

function send(operationId: string, target: Target, authorization?: string) {
  const route = REST_ROUTES.find((one) => one.operationId === operationId)!;
  const { path: url, body, csv } = REST_EXPECTATIONS[operationId]!.request(target);
  const headers: Record<string, string> = { ...(authorization ? { authorization } : {}), ...(csv ? { "content-type": "text/csv" } : {}) };
  return callRest(route.method, url, { body, raw: csv, headers });
}

async function otherFarm(): Promise<string> {
  const { db } = database;
  const rows = await Promise.all([
    db.device.findMany({
      where: { farmId: theirs.farmId },
      include: { commands: true, diagnostics: true, tokens: true, credentials: true },
    }),
    db.deviceGroup.findMany({ where: { farmId: theirs.farmId } }),
    db.alert.findMany({ where: { farmId: theirs.farmId } }),
    db.provisioningToken.findMany({ where: { farmId: theirs.farmId } }),
    db.rollout.findMany({ where: { farmIds: { has: theirs.farmId } }, select: { state: true, version: true } }),
    db.auditEvent.count({ where: { farmId: theirs.farmId } }),
  ]);
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

test("every route has its row", () => {
  expect(Object.keys(REST_EXPECTATIONS).sort()).toEqual([...names].sort());
});

describe("a program of another farm", () => {
  test.each(names)("%s", async (name) => {
    const { stranger } = REST_EXPECTATIONS[name]!;
    const before = await otherFarm();
    const answer = await send(name, theirs, strangerKey);
    if (typeof stranger === "number") expect([answer.status, answer.text]).toEqual([stranger, expect.any(String)]);
    if (stranger === "sees nothing") {
      expect(answer.status).toBe(200);
      for (const trace of [theirs.farmId, theirs.deviceId, theirs.groupId, "Farm of the others"]) expect(answer.text).not.toContain(trace);
    }
    expect(await otherFarm()).toBe(before);
  });

  test("the same lists show it to somebody who may", async () => {
    const insider = await keyOf("viewer", theirs.farmId);
    for (const name of names.filter((one) => REST_EXPECTATIONS[one]?.stranger === "sees nothing")) {
      const { text } = await send(name, theirs, insider);
      expect([name, [theirs.farmId, theirs.deviceId, theirs.groupId].some((trace) => text.includes(trace))]).toEqual([name, true]);
    }
  });
});

describe("roles on the own farm", () => {
  test.each(names.flatMap((name) => ALL.map((role) => [name, role] as const)))("%s as %s", async (name, role) => {
    const { status } = await send(name, ours, keys.get(role));
    const may = REST_EXPECTATIONS[name]!.may as readonly Role[];
    // Of an import one is told by 404 that it is somebody else's.
    const isRefused = status === 403 || status === 401 || (name === "getImport" && status === 404);
    expect([status, isRefused]).toEqual([status, !may.includes(role)]);
    expect(status).toBeLessThan(500);
  });
});

describe("scopes", () => {
  test.each(REST_ROUTES.map(({ operationId, scope }) => [operationId, scope] as const))("%s needs %s", async (name, scope) => {
    const { status, body } = await send(
      name,
      ours,
      await keyOf(
        "admin",
        ours.farmId,
        API_SCOPES.filter((one) => one !== scope),
      ),
    );
    expect([status, body.detail]).toEqual([403, `The API key lacks the scope ${scope}.`]);
    expect((await send(name, ours)).status).toBe(401);
  });
});
