import { describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf, testSession } from "@/server/testing/builders";
import { TestBrowser } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { usePersonOverHttp } from "@/server/testing/person-over-http";
import { endSessions } from "./end-sessions";
import { listSessions, type SessionView } from "./list-sessions";

const database = useTestDatabase();
const PASSWORD = "correct horse battery";
const person = usePersonOverHttp(database, { password: PASSWORD, isAdmin: (number) => number % 2 === 0 });
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0";

async function signedIn(userAgent?: string): Promise<TestBrowser> {
  const browser = new TestBrowser(person.url, { address: `192.0.2.${person.number}`, userAgent });
  expect((await browser.signIn(person.email, PASSWORD)).status).toBe(200);
  return browser;
}

async function sessionsOf(browser: TestBrowser, input: Record<string, unknown> = {}): Promise<SessionView[]> {
  const { status, data } = await browser.call("people.sessions", input);
  expect(status).toBe(200);
  return data as SessionView[];
}

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.call("people.sessions", {})).status === 200;
}

describe("over HTTP", () => {
  test("everybody sees where they are signed in, and no token", async () => {
    const [here, there] = [await signedIn(FIREFOX), await signedIn("curl/8.5.0")];
    await isSignedIn(there);
    const sessions = await sessionsOf(here);
    expect(sessions).toMatchObject([
      { isThisOne: true, userAgent: FIREFOX, address: `192.0.2.${person.number}` },
      { isThisOne: false, userAgent: "curl/8.5.0" },
    ]);
    for (const { signedInAt, lastUsedAt } of sessions) expect(lastUsedAt.getTime()).toBeGreaterThanOrEqual(signedInAt.getTime());
    const tokens = await database.db.session.findMany({ where: { userId: person.id } });
    for (const { token } of tokens) expect(JSON.stringify(sessions)).not.toContain(token);
    expect(tokens.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
  });

  test("one that is ended opens nothing from then on; the others stay", async () => {
    const [here, there, third] = [await signedIn(), await signedIn(), await signedIn()];
    const [, other] = await sessionsOf(here);
    const rows = await database.db.session.findMany({ where: { userId: person.id }, orderBy: { createdAt: "asc" } });
    const second = rows[1]!.id;
    expect(other).toBeDefined();
    expect(await here.call("people.endSessions", { sessionId: second }, true)).toMatchObject({ status: 200, data: { ended: 1 } });
    expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(third)]).toEqual([true, false, true]);
    expect(await here.call("people.endSessions", { sessionId: second }, true)).toMatchObject({ status: 404 });
    expect(await database.db.auditEvent.findMany({ where: { subjectId: person.id, action: "person.sessions_ended" } })).toMatchObject([
      { actorId: person.id, after: { sessions: 1 } },
    ]);
  });

  test("all others end at once, this one never", async () => {
    const [here, there, third] = [await signedIn(), await signedIn(), await signedIn()];
    expect(await here.call("people.endSessions", {}, true)).toMatchObject({ data: { ended: 2 } });
    expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(third)]).toEqual([true, false, false]);
    const [only] = await sessionsOf(here);
    expect(await here.call("people.endSessions", { sessionId: only!.id }, true)).toMatchObject({ status: 409 });
    expect(await here.call("people.endSessions", {}, true)).toMatchObject({ data: { ended: 0 } });
    expect(await isSignedIn(here)).toBe(true);
  });
});

describe("of other people", () => {
  const other = actorWith("viewer");
  const list = (actor: UserActor) => listSessions({ ctx: contextOf(database.db, actor), input: { personId: person.id } });
  const end = (actor: UserActor, input: Record<string, unknown>) => endSessions({ ctx: contextOf(database.db, actor), input });

  test("an admin sees and ends them", async () => {
    const [first] = [await testSession(database.db, person.id), await testSession(database.db, person.id)];
    const admin = actorWith("admin");
    expect(await list(admin)).toMatchObject([{ isThisOne: false }, { isThisOne: false }]);
    expect(await end(admin, { personId: person.id, sessionId: first.id })).toEqual({ ended: 1 });
    expect(await end(admin, { personId: person.id })).toEqual({ ended: 1 });
    expect(await database.db.session.count({ where: { userId: person.id } })).toBe(0);
  });

  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s does neither", async (role) => {
    const { id } = await testSession(database.db, person.id);
    const actor = actorWith(role);
    await expect(list(actor)).rejects.toMatchObject({ code: "forbidden" });
    await expect(end(actor, { personId: person.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(end(actor, { personId: person.id, sessionId: id })).rejects.toMatchObject({ code: "forbidden" });
    // Not under one's own name either.
    await expect(end(actor, { sessionId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(end({ ...actorWith("admin"), userId: actor.userId }, { sessionId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(await database.db.session.count({ where: { id } })).toBe(1);
  });

  test("those that have expired are not shown", async () => {
    await testSession(database.db, person.id, { expiresAt: new Date(Date.now() - 1) });
    expect(await list(actorWith("admin"))).toEqual([]);
    expect(await list({ ...other, userId: person.id })).toEqual([]);
  });
});
