import { beforeAll, describe, expect, test } from "vitest";
import { actorWith, contextOf, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { needsSetup, setUpFirstAdmin } from "./set-up-first-admin";
import { updatePerson } from "./update-person";

const database = useTestDatabase();
const CODE = "ABCD-EFGH-JKLM";
let lastAddress = 0;

function setUp(overrides: Record<string, unknown> = {}, options: { setupCode?: string; address?: string } = { setupCode: CODE }) {
  const ctx = {
    db: database.db,
    now: new Date(),
    requestId: "request-of-the-operator",
    address: options.address ?? `192.0.2.${++lastAddress}`,
    setupCode: options.setupCode,
  };
  const input = {
    setupCode: CODE,
    name: "First",
    email: "First@Farm.example",
    password: "correct horse battery",
    farm: { code: "nord", name: "Nordhof", timeZone: "Europe/Berlin" },
    ...overrides,
  };
  return setUpFirstAdmin({ ctx, input });
}

describe("the first start", () => {
  test.each([
    [
      "a wrong code",
      { setupCode: "ABCD-EFGH-JKLN" },
      CODE,
      { code: "invalid_input", fields: { setupCode: "This is not the code shown in the terminal" } },
    ],
    ["an empty code", { setupCode: " " }, CODE, { code: "invalid_input" }],
    ["any code while setup is closed", {}, undefined, { code: "invalid_input" }],
    ["a short password", { password: "short" }, CODE, { code: "invalid_input", fields: { password: "At least 12 characters" } }],
    [
      "an unknown time zone",
      { farm: { code: "NORD", name: "N", timeZone: "Mars/Olympus" } },
      CODE,
      { code: "invalid_input", fields: { "farm.timeZone": /IANA/ } },
    ],
  ])("%s is refused and writes nothing", async (_, overrides, setupCode, refusal) => {
    await expect(setUp(overrides, { setupCode })).rejects.toMatchObject(refusal);
    expect([await database.db.user.count(), await database.db.farm.count(), await needsSetup(database.db)]).toEqual([0, 0, true]);
  });

  test("who guesses is slowed down after ten tries a minute", async () => {
    const guess = () => setUp({ setupCode: "WRONG-CODE" }, { setupCode: CODE, address: "198.51.100.1" });
    for (let attempt = 0; attempt < 10; attempt++) await expect(guess()).rejects.toMatchObject({ code: "invalid_input" });
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: expect.any(Number) as number });
  });

  test("of twenty requests at once exactly one makes the first admin and the first farm", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => setUp({ email: `first${index}@farm.example`, setupCode: " abcd-efgh-jklm " })),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    const [user, ...others] = await database.db.user.findMany();
    expect([user?.isAdmin, others.length]).toEqual([true, 0]);
    expect(await database.db.farm.findMany({ select: { code: true } })).toEqual([{ code: "NORD" }]);
    expect(await database.db.auditEvent.count()).toBe(2);
    await expect(setUp()).rejects.toMatchObject({ code: "conflict", message: "Smart Dairy is already set up. Sign in instead." });
  });
});

describe("a person's rights", () => {
  let north: string;
  let moor: string;

  beforeAll(async () => {
    north = (await testFarm(database.db)).id;
    moor = (await testFarm(database.db)).id;
  });

  async function newPerson() {
    const { id } = await testPerson(database.db, { memberships: { create: { farmId: north, role: "viewer" } } });
    await database.db.session.create({ data: { userId: id, token: id, expiresAt: new Date(Date.now() + 3_600_000) } });
    return id;
  }

  function update(id: string, overrides: Record<string, unknown> = {}, actor = actorWith("admin")) {
    return updatePerson({
      ctx: contextOf(database.db, actor),
      input: { id, isAdmin: false, disabled: false, memberships: [], ...overrides },
    });
  }

  test("are set as a whole and audited with what they were", async () => {
    const id = await newPerson();
    await update(id, { memberships: [{ farmId: moor, role: "farm_manager" }] });
    expect(await database.db.membership.findMany({ where: { userId: id } })).toMatchObject([{ farmId: moor, role: "farm_manager" }]);
    expect(await database.db.session.count({ where: { userId: id } })).toBe(1);
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: id } });
    expect(event).toMatchObject({
      action: "person.rights_changed",
      before: { memberships: [{ farmId: north, role: "viewer" }] },
      after: { memberships: [{ farmId: moor, role: "farm_manager" }] },
    });
  });

  test("an admin needs no memberships", async () => {
    const id = await newPerson();
    await update(id, { isAdmin: true, memberships: [{ farmId: moor, role: "viewer" }] });
    expect(await database.db.membership.count({ where: { userId: id } })).toBe(0);
  });

  test("disabling ends every session; enabling again keeps them ended", async () => {
    const id = await newPerson();
    await update(id, { disabled: true });
    const { disabledAt } = await database.db.user.findUniqueOrThrow({ where: { id } });
    expect([disabledAt instanceof Date, await database.db.session.count({ where: { userId: id } })]).toEqual([true, 0]);
    await update(id, { disabled: true });
    expect((await database.db.user.findUniqueOrThrow({ where: { id } })).disabledAt).toEqual(disabledAt);
    await update(id);
    expect((await database.db.user.findUniqueOrThrow({ where: { id } })).disabledAt).toBeNull();
  });

  test("nobody takes away their own access", async () => {
    const { id } = await testPerson(database.db, { isAdmin: true });
    const self = { ...actorWith("admin"), userId: id };
    for (const change of [{ isAdmin: false }, { isAdmin: true, disabled: true }])
      await expect(update(id, change, self)).rejects.toMatchObject({ code: "conflict" });
    await expect(update(id, { isAdmin: true }, self)).resolves.toBeUndefined();
  });

  test.each([
    ["an unknown person", () => ({ id: "01890000-0000-7000-8000-000000000000" }), "not_found"],
    ["an unknown farm", () => ({ memberships: [{ farmId: "01890000-0000-7000-8000-000000000000", role: "viewer" }] }), "not_found"],
    [
      "two roles on one farm",
      () => ({
        memberships: [
          { farmId: moor, role: "viewer" },
          { farmId: moor, role: "field_staff" },
        ],
      }),
      "invalid_input",
    ],
  ])("%s is refused and changes nothing", async (_, overrides, code) => {
    const id = await newPerson();
    await expect(update(id, overrides())).rejects.toMatchObject({ code });
    expect(await database.db.membership.count({ where: { userId: id } })).toBe(1);
  });

  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s may not", async (role) => {
    await expect(update(await newPerson(), {}, actorWith(role, north))).rejects.toMatchObject({ code: "forbidden" });
  });
});
