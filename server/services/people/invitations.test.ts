import { verifyPassword } from "better-auth/crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { actorWith, contextOf, testFarm, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { useMailServer } from "@/server/testing/mail-server";
import { acceptInvitation, getInvitation } from "./accept-invitation";
import { invitePerson } from "./invite-person";
import { listPeople } from "./list-people";
import { revokeInvitation } from "./update-person";

const database = useTestDatabase();
const PASSWORD = "correct horse battery";
const GONE = { code: "not_found", message: "This invitation is no longer valid. Ask for a new one." };
const DAY = 86_400_000;
let farmId: string;
let number = 0;

beforeEach(async () => {
  farmId = (await testFarm(database.db)).id;
  number += 1;
});

const emailOfTest = () => `new${number}@farm.example`;

async function invite(overrides: Record<string, unknown> = {}, actor = actorWith("admin")): Promise<string> {
  const input = { name: "Newcomer", email: emailOfTest(), role: "field_staff", farmIds: [farmId], ...overrides };
  const { link } = await invitePerson({ ctx: contextOf(database.db, actor), input });
  return link.split("/invite/")[1] ?? "";
}

function publicContext(now = new Date()) {
  return { db: database.db, now, requestId: "request-of-a-stranger", address: `192.0.2.${number}` };
}

function accept(token: string, now?: Date, password = PASSWORD) {
  return acceptInvitation({ ctx: publicContext(now), input: { token, password } });
}

describe("an invitation", () => {
  test("lets the person in with exactly its rights and the chosen password", async () => {
    const token = await invite({ email: ` NEW${number}@Farm.example ` });
    expect(await getInvitation({ ctx: publicContext(), token })).toEqual({ name: "Newcomer", email: emailOfTest() });
    expect(await accept(token)).toEqual({ email: emailOfTest() });
    const user = await database.db.user.findUniqueOrThrow({
      where: { email: emailOfTest() },
      include: { memberships: true, accounts: true },
    });
    expect(user).toMatchObject({
      isAdmin: false,
      memberships: [{ farmId, role: "field_staff" }],
      accounts: [{ providerId: "credential", accountId: user.id }],
    });
    expect(await verifyPassword({ hash: user.accounts[0]!.password!, password: PASSWORD })).toBe(true);
    expect(await database.db.auditEvent.count({ where: { action: "person.joined", subjectId: user.id } })).toBe(1);
  });

  test("who guesses links is slowed down after sixty tries a minute, counted in the database", async () => {
    const guess = (address: string) => getInvitation({ ctx: { ...publicContext(), address }, token: "no-such-invitation" });
    for (let attempt = 0; attempt < 60; attempt++) await expect(guess("198.51.100.7")).rejects.toMatchObject(GONE);
    await expect(guess("198.51.100.7")).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: expect.any(Number) as number });
    await expect(guess("198.51.100.8")).rejects.toMatchObject(GONE);
    expect(await database.db.rateLimit.findUnique({ where: { key: "invitation:198.51.100.7" } })).toMatchObject({ count: 61 });
  });

  test("of ten people who open one link at once exactly one gets in", async () => {
    const token = await invite();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => accept(token)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(GONE);
    expect(await database.db.user.count({ where: { email: emailOfTest() } })).toBe(1);
  });

  test.each([
    ["unknown", () => Promise.resolve("x".repeat(43)), 0],
    ["expired", () => invite(), 8 * DAY],
    [
      "accepted",
      async () => {
        const token = await invite();
        await accept(token);
        return token;
      },
      0,
    ],
    [
      "revoked",
      async () => {
        const token = await invite();
        const { id } = await database.db.invitation.findFirstOrThrow({ where: { email: emailOfTest(), acceptedAt: null } });
        await revokeInvitation({ ctx: contextOf(database.db, actorWith("admin")), input: { id } });
        return token;
      },
      0,
    ],
    [
      "replaced by a newer one",
      async () => {
        const token = await invite();
        await invite();
        return token;
      },
      0,
    ],
  ] as const)("that is %s lets nobody in", async (_, make, laterMs) => {
    const token = await make();
    await expect(accept(token, new Date(Date.now() + laterMs))).rejects.toMatchObject(GONE);
  });

  test("a weak password is refused at its field and uses nothing up", async () => {
    const token = await invite();
    await expect(accept(token, undefined, "password1234")).rejects.toMatchObject({ code: "invalid_input", fields: { password: /known/ } });
    await expect(accept(token)).resolves.toBeDefined();
  });

  test("two open links for one address, used at once, make one person", async () => {
    const tokens = [await invite(), await invite()];
    await database.db.invitation.updateMany({ where: { email: emailOfTest() }, data: { revokedAt: null } });
    const results = await Promise.allSettled(tokens.map((token) => accept(token)));
    const rejected = results.filter((result) => result.status === "rejected");
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.reason).toMatchObject({ code: "conflict" });
  });
});

describe("inviting", () => {
  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s may not", async (role) => {
    await expect(invite({}, actorWith(role, farmId))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("the token is kept as a hash only; admins see who is invited", async () => {
    const token = await invite();
    const [row] = await database.db.$queryRaw<{ text: string }[]>`SELECT t::text AS text FROM invitation t WHERE email = ${emailOfTest()}`;
    expect(row?.text).not.toContain(token);
    const { invitations } = await listPeople({ ctx: contextOf(database.db, actorWith("admin")) });
    expect(invitations).toContainEqual(expect.objectContaining({ email: emailOfTest(), role: "field_staff", farmIds: [farmId] }));
    expect(JSON.stringify(invitations)).not.toContain(token);
  });

  test.each([
    ["no farm", { farmIds: [] }, "farmIds"],
    ["an unknown farm", { farmIds: ["01890000-0000-7000-8000-000000000000"] }, "farmIds"],
    ["no address", { email: "nobody" }, "email"],
    ["a name of 10 KB", { name: "x".repeat(10_240) }, "name"],
    ["a role that is none", { role: "admin" }, "role"],
  ])("%s is refused at its field", async (_, overrides, field) => {
    await expect(invite(overrides)).rejects.toMatchObject({ fields: { [field]: expect.any(String) as string } });
  });

  test("somebody who has access already", async () => {
    const { email } = await testPerson(database.db);
    await expect(invite({ email: email.toUpperCase() })).rejects.toMatchObject({
      code: "conflict",
      fields: { email: expect.any(String) as string },
    });
  });
});

describe("by e-mail", () => {
  const mail = useMailServer();

  async function inviteByMail() {
    const fresh = await import("./invite-person");
    return fresh.invitePerson({
      ctx: contextOf(database.db, actorWith("admin")),
      input: { name: "Bäuerin <b>", email: emailOfTest(), farmIds: [farmId] },
    });
  }

  test("the link is sent to the invited address", async () => {
    const { link, mailed } = await inviteByMail();
    expect(mailed).toBe(true);
    const [invitation] = mail.received;
    expect(invitation?.to).toEqual([emailOfTest()]);
    expect(invitation?.text).toContain(link);
  });

  test("a mail server that is away does not spoil the invitation: the link can be copied", async () => {
    await mail.stop();
    const { link, mailed } = await inviteByMail();
    expect(mailed).toBe(false);
    await expect(accept(link.split("/invite/")[1]!)).resolves.toBeDefined();
  });
});
