import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { actorWith, contextOf, testPerson } from "@/server/testing/builders";
import { TestBrowser } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { useMailServer } from "@/server/testing/mail-server";
import { usePersonOverHttp } from "@/server/testing/person-over-http";
import { choosePassword, getPasswordReset } from "./choose-password";
import { offerNewPassword } from "./offer-new-password";
import { updatePerson } from "./update-person";

const database = useTestDatabase();
const OLD = "correct horse battery";
const person = usePersonOverHttp(database, { password: OLD });
const NEW = "meadow clover and rye";
const HOUR = 3_600_000;
const GONE = { code: "not_found", message: "This link is no longer valid. Ask an admin for a new one." };
const admin = actorWith("admin");

async function offer(actor = admin, id = person.id): Promise<string> {
  const { link } = await offerNewPassword({ ctx: contextOf(database.db, actor), input: { personId: id } });
  return link.split("/reset/")[1] ?? "";
}

const publicContext = (now = new Date()) => ({
  db: database.db,
  now,
  requestId: "request-of-a-stranger",
  address: `192.0.2.${person.number}`,
});
const choose = (token: string, now?: Date, password = NEW) => choosePassword({ ctx: publicContext(now), input: { token, password } });
const browser = () => new TestBrowser(person.url, { address: `192.0.2.${person.number}` });
const disable = (disabled: boolean) =>
  updatePerson({ ctx: contextOf(database.db, admin), input: { id: person.id, isAdmin: false, disabled, memberships: [] } });

describe("whoever owns the machine", () => {
  const run = promisify(execFile);
  const command = (...args: string[]) =>
    run(process.execPath, ["--import", "tsx", "server/processes/let-in.ts", ...args], {
      env: { ...process.env, DATABASE_URL: database.url, PUBLIC_URL: "https://dairy.example" },
    });

  test("gives a way in by a command: a link, no second factor, both in the audit", { timeout: 60_000 }, async () => {
    const { db } = database;
    await db.user.update({ where: { id: person.id }, data: { twoFactorEnabled: true } });
    await db.twoFactor.create({ data: { userId: person.id, secret: "sealed", backupCodes: "sealed" } });
    const { stdout } = await command(person.email.toUpperCase());
    const token = /https:\/\/dairy\.example\/reset\/(\S+)/.exec(stdout)?.[1] ?? "";
    expect(stdout).toContain("Their second factor is off");
    await choose(token);
    expect((await browser().signIn(person.email, NEW)).data).toEqual({});
    expect(await db.twoFactor.count({ where: { userId: person.id } })).toBe(0);
    const events = await db.auditEvent.findMany({ where: { subjectId: person.id, actorLabel: "Command line" }, orderBy: { seq: "asc" } });
    expect(events.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ["person.password_reset", "system"],
      ["person.second_factor_removed", "system"],
    ]);
  });

  test("is told who is not there, or disabled, and what to type", { timeout: 60_000 }, async () => {
    await expect(command("nobody@farm.example")).rejects.toMatchObject({ code: 1, stderr: "There is no such person.\n" });
    await expect(command()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("npm run let-in --") as unknown as string });
    await disable(true);
    await expect(command(person.email)).rejects.toMatchObject({ stderr: "Herd person is disabled. Let them in again first.\n" });
  });
});

describe("a link for a new password", () => {
  test("over HTTP: the new password opens, the old one no longer, every session is ended, all is written down", async () => {
    const [token, tablet] = [await offer(), browser()];
    expect((await tablet.signIn(person.email, OLD)).status).toBe(200);
    expect(await getPasswordReset({ ctx: publicContext(), token })).toEqual({ name: "Herd person", email: person.email });
    expect((await browser().signIn(person.email, OLD)).status).toBe(200);
    expect(await browser().call("people.choosePassword", { token, password: NEW }, true)).toMatchObject({
      status: 200,
      data: { email: person.email },
    });
    expect((await tablet.call("people.sessions", {})).status).toBe(401);
    expect([(await browser().signIn(person.email, OLD)).status, (await browser().signIn(person.email, NEW)).status]).toEqual([401, 200]);
    const events = await database.db.auditEvent.findMany({ where: { subjectId: person.id, action: { startsWith: "person.password_" } } });
    expect(events.map(({ action, actorLabel }) => [action, actorLabel])).toEqual([
      ["person.password_reset", admin.name],
      ["person.password_chosen", "Herd person"],
    ]);
    expect(JSON.stringify(events, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(token);
  });

  test("is kept as a hash only", async () => {
    const token = await offer();
    const [row] = await database.db.$queryRaw<{ text: string }[]>`
      SELECT t::text AS text FROM password_reset t WHERE user_id = ${person.id}::uuid`;
    expect(row?.text).not.toContain(token);
  });

  test("of ten uses at once exactly one succeeds", async () => {
    const token = await offer();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => choose(token)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(GONE);
  });

  test.each([
    ["unknown", () => Promise.resolve("x".repeat(43)), 0],
    ["more than a day old", () => offer(), 24 * HOUR + 1],
    ["used", () => offer().then(async (token) => (await choose(token)) && token), 0],
    ["replaced by a newer one", () => offer().then(async (token) => (await offer()) && token), 0],
    ["of somebody disabled", () => offer().then((token) => disable(true).then(() => token)), 0],
    ["of somebody who was disabled since", () => offer().then((token) => disable(true).then(() => disable(false).then(() => token))), 0],
    [
      "from before a change of the password",
      async () => {
        const [token, own] = [await offer(), browser()];
        await own.signIn(person.email, OLD);
        const answer = await own.auth("change-password", { currentPassword: OLD, newPassword: "another good password" });
        expect(answer.status).toBe(200);
        return token;
      },
      0,
    ],
  ] as const)("that is %s opens nothing", async (_, make, laterMs) => {
    const token = await make();
    const now = new Date(Date.now() + laterMs);
    await expect(getPasswordReset({ ctx: publicContext(now), token })).rejects.toMatchObject(GONE);
    await expect(choose(token, now)).rejects.toMatchObject(GONE);
  });

  test("holds for almost a day, and a weak password does not use it up", async () => {
    const token = await offer();
    await expect(choose(token, undefined, "password1234")).rejects.toMatchObject({ fields: { password: /known/ } });
    await expect(choose(token, new Date(Date.now() + 24 * HOUR - 60_000))).resolves.toEqual({ email: person.email });
  });

  test("of two made at once one stays", async () => {
    const tokens = await Promise.all([offer(), offer()]);
    const results = await Promise.allSettled(tokens.map((token) => getPasswordReset({ ctx: publicContext(), token })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("who tries tokens is slowed down", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 62 }, () => getPasswordReset({ ctx: { ...publicContext(), address: "198.51.100.7" }, token: "x".repeat(43) })),
    );
    const waiting = results.filter((result) => result.status === "rejected" && (result.reason as { code: string }).code === "rate_limited");
    expect(waiting).toHaveLength(2);
  });
});

describe("making one", () => {
  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s may not", async (role) => {
    await expect(offer(actorWith(role))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("not for oneself, for who is disabled, or for nobody", async () => {
    const self = await testPerson(database.db, { isAdmin: true });
    await expect(offer({ ...admin, userId: self.id }, self.id)).rejects.toMatchObject({ code: "conflict" });
    await expect(offer(admin, "01890000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not_found" });
    await disable(true);
    await expect(offer()).rejects.toMatchObject({ code: "conflict" });
    expect(await database.db.passwordReset.count({ where: { userId: { in: [person.id, self.id] } } })).toBe(0);
  });
});

describe("by e-mail", () => {
  const mail = useMailServer();

  async function offerByMail() {
    const fresh = await import("./offer-new-password");
    return fresh.offerNewPassword({ ctx: contextOf(database.db, admin), input: { personId: person.id } });
  }

  test("the link is sent to the person", async () => {
    const { link, mailed } = await offerByMail();
    expect(mailed).toBe(true);
    expect(mail.received).toMatchObject([{ to: [person.email], text: expect.stringContaining(link) as string }]);
  });

  test("a mail server that is away leaves the link to copy", async () => {
    await mail.stop();
    const { link, mailed } = await offerByMail();
    expect(mailed).toBe(false);
    await expect(choose(link.split("/reset/")[1]!)).resolves.toEqual({ email: person.email });
  });
});
