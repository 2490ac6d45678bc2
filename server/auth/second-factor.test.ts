import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { listPeople } from "@/server/services/people/list-people";
import { removeSecondFactor } from "@/server/services/people/remove-second-factor";
import { testApiKey } from "@/server/testing/api-keys";
import { actorWith, contextOf, testPerson } from "@/server/testing/builders";
import { TestBrowser } from "@/server/testing/browser";
import { useTestDatabase } from "@/server/testing/database";
import { fromBase32, oneTimeCode } from "@/server/testing/one-time-code";
import { usePersonOverHttp } from "@/server/testing/person-over-http";

const database = useTestDatabase();
const PASSWORD = "correct horse battery";
const person = usePersonOverHttp(database, { password: PASSWORD });
const SESSION_COOKIE = "smart-dairy.session_token";

let addresses = 0;

/** Each from an address of its own: limits by address are not what most of these are about. */
const browser = (address = `192.0.2.${++addresses}`) => new TestBrowser(person.url, { address });

async function signedIn(): Promise<TestBrowser> {
  const tablet = browser();
  expect(await tablet.signIn(person.email, PASSWORD)).toMatchObject({ status: 200, data: {} });
  return tablet;
}

interface Begun {
  totpURI: string;
  backupCodes: string[];
}

async function begin(tablet: TestBrowser): Promise<Begun> {
  const { status, data } = await tablet.auth("two-factor/enable", { password: PASSWORD });
  expect(status).toBe(200);
  return data as Begun;
}

/** Turned on by the code before this one, so that this one and the next are still unused. */
async function turnOn(): Promise<Begun & { tablet: TestBrowser }> {
  const tablet = await signedIn();
  const begun = await begin(tablet);
  // Between two half minutes the code before this one would be the one before that.
  const leftMs = 30_000 - (Date.now() % 30_000);
  if (leftMs < 3_000) await sleep(leftMs);
  expect((await tablet.auth("two-factor/verify-totp", { code: oneTimeCode(begun.totpURI, -1) })).status).toBe(200);
  return { ...begun, tablet };
}

/** Somebody who has given the password and owes the code. */
async function challenged(address?: string): Promise<TestBrowser> {
  const stranger = browser(address);
  expect(await stranger.signIn(person.email, PASSWORD)).toMatchObject({ status: 200, data: { secondFactor: true } });
  return stranger;
}

const isSignedIn = async (tablet: TestBrowser) => (await tablet.call("people.sessions", {})).status === 200;
const sessions = () => database.db.session.count({ where: { userId: person.id } });
const audited = async () => {
  const events = await database.db.auditEvent.findMany({ where: { subjectId: person.id }, orderBy: { seq: "asc" } });
  return events.map(({ action }) => action.replace("person.", ""));
};

describe("turning it on", () => {
  test("asks for the password, and counts for nothing before a first code", async () => {
    const tablet = await signedIn();
    expect(await tablet.auth("two-factor/enable", { password: "not the password" })).toMatchObject({ status: 400 });
    const { totpURI, backupCodes } = await begin(tablet);
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/Smart%20Dairy:someone\d+%40farm\.example\?secret=[A-Z2-7]{52}&issuer=Smart\+Dairy/);
    expect(new Set(backupCodes).size).toBe(10);
    expect((await browser().signIn(person.email, PASSWORD)).data).toEqual({});
    expect((await tablet.auth("two-factor/verify-totp", { code: "000000" })).status).toBe(401);
    expect(await tablet.call("people.secondFactor", undefined)).toMatchObject({ data: { isOn: false } });

    expect(await tablet.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).toMatchObject({ status: 200, data: {} });
    expect(await tablet.call("people.secondFactor", undefined)).toMatchObject({ data: { isOn: true, backupCodesLeft: 10 } });
    expect(await audited()).toEqual(["signed_in", "signed_in", "second_factor_enabled"]);
    const { people } = await listPeople({ ctx: contextOf(database.db, actorWith("admin")) });
    expect(people.find(({ id }) => id === person.id)).toMatchObject({ hasSecondFactor: true });
  });

  test("is for who is signed in, once", async () => {
    expect((await browser().auth("two-factor/enable", { password: PASSWORD })).status).toBe(401);
    const { tablet, totpURI } = await turnOn();
    expect((await tablet.auth("two-factor/enable", { password: PASSWORD })).status).toBe(400);
    expect((await tablet.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).status).toBe(409);
  });

  test("secret and backup codes are encrypted in the database, and no answer but the first has them", async () => {
    const { totpURI, backupCodes, tablet } = await turnOn();
    const secret = new URL(totpURI).searchParams.get("secret")!;
    const [row] = await database.db.$queryRaw<{ text: string }[]>`
      SELECT t::text AS text FROM two_factor t WHERE user_id = ${person.id}::uuid`;
    const raw = fromBase32(secret).toString();
    const view = JSON.stringify(await tablet.call("people.secondFactor", undefined));
    for (const hidden of [secret, raw, ...backupCodes]) {
      expect(row!.text).not.toContain(hidden);
      expect(view).not.toContain(hidden);
    }
    expect((await tablet.auth("two-factor/get-totp-uri", { password: PASSWORD })).status).toBe(404);
    expect((await tablet.auth("two-factor/view-backup-codes", { userId: person.id })).status).toBe(404);
  });
});

describe("signing in", () => {
  test("the password alone gives no session; a wrong code none either; the right one does", async () => {
    const { totpURI } = await turnOn();
    const before = await sessions();
    const stranger = await challenged();
    expect([stranger.cookies.has(SESSION_COOKIE), await isSignedIn(stranger), await sessions()]).toEqual([false, false, before]);
    for (const code of ["000000", "", "12345", `${oneTimeCode(totpURI)}0`])
      expect(await stranger.auth("two-factor/verify-totp", { code })).toMatchObject({ status: 401, message: "Invalid code" });
    expect([await isSignedIn(stranger), await sessions()]).toEqual([false, before]);
    expect(await stranger.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).toMatchObject({ status: 200, data: {} });
    expect([await isSignedIn(stranger), await sessions()]).toEqual([true, before + 1]);
    expect((await audited()).slice(-2)).toEqual(["second_factor_enabled", "signed_in"]);
  });

  test("a code without the password before it opens nothing", async () => {
    const { totpURI } = await turnOn();
    expect(await browser().auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).toMatchObject({ status: 401 });
    const wrong = browser();
    expect((await wrong.signIn(person.email, "not the password")).status).toBe(401);
    expect((await wrong.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).status).toBe(401);
  });

  test("a code opens once, also for who watched it being typed", async () => {
    const { totpURI } = await turnOn();
    const code = oneTimeCode(totpURI);
    const [first, second] = [await challenged(), await challenged()];
    const answers = await Promise.all([first, second].map((stranger) => stranger.auth("two-factor/verify-totp", { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(answers.find(({ status }) => status === 401)?.data).toMatchObject({ code: "CODE_USED" });
    expect((await (await challenged()).auth("two-factor/verify-totp", { code })).status).toBe(401);
    expect((await (await challenged()).auth("two-factor/verify-totp", { code: oneTimeCode(totpURI, 1) })).status).toBe(200);
  });

  test("the code that turned it on opens nothing any more", async () => {
    const tablet = await signedIn();
    const { totpURI } = await begin(tablet);
    const code = oneTimeCode(totpURI);
    await tablet.auth("two-factor/verify-totp", { code });
    expect((await (await challenged()).auth("two-factor/verify-totp", { code })).status).toBe(401);
  });

  test("a backup code opens once", async () => {
    const { backupCodes, tablet } = await turnOn();
    const code = backupCodes[3]!;
    expect((await (await challenged()).auth("two-factor/verify-backup-code", { code: "aaaaa-bbbbb" })).status).toBe(401);
    const stranger = await challenged();
    expect(await stranger.auth("two-factor/verify-backup-code", { code })).toMatchObject({ status: 200, data: {} });
    expect(await isSignedIn(stranger)).toBe(true);
    expect((await (await challenged()).auth("two-factor/verify-backup-code", { code })).status).toBe(401);
    expect(await tablet.call("people.secondFactor", undefined)).toMatchObject({ data: { backupCodesLeft: 9 } });
    // Signed in, it is not used up by mistake.
    expect((await tablet.auth("two-factor/verify-backup-code", { code: backupCodes[4] })).status).toBe(409);
  });

  test("no device is trusted, whatever a browser asks for", async () => {
    const { totpURI } = await turnOn();
    const stranger = await challenged();
    await stranger.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI), trustDevice: true });
    expect([...stranger.cookies.keys()]).toEqual([SESSION_COOKIE]);
    expect((await stranger.signIn(person.email, PASSWORD)).data).toEqual({ secondFactor: true });
  });

  test("who was disabled between password and code stays out", async () => {
    const { totpURI } = await turnOn();
    const stranger = await challenged();
    await database.db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect(await stranger.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).toMatchObject({ status: 403 });
    expect(await isSignedIn(stranger)).toBe(false);
  });

  test("API keys go on as before", async () => {
    await turnOn();
    await database.db.user.update({ where: { id: person.id }, data: { isAdmin: true } });
    const { authorization } = await testApiKey(database.db, { ownerId: person.id });
    expect((await fetch(`${person.url}/api/v1/iot/devices`, { headers: { authorization } })).status).toBe(200);
  });
});

describe("too many tries", () => {
  test("five for one password, from one address ten a minute", async () => {
    const { totpURI } = await turnOn();
    const stranger = await challenged("198.51.100.1");
    const guess = () => stranger.auth("two-factor/verify-totp", { code: "000000" });
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(401);
    expect(await guess()).toMatchObject({ status: 400, data: { code: "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE" } });
    // This password has served its time: not even the right code helps.
    expect((await stranger.auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).status).toBe(401);
    for (let n = 0; n < 3; n++) await guess();
    expect(await guess()).toMatchObject({ status: 429 });
  });

  test("ten wrong ones in a row, from wherever, and none is taken for 15 minutes; then again", async () => {
    const { totpURI, backupCodes } = await turnOn();
    for (let n = 0; n < 10; n++) {
      const path = n % 2 === 0 ? "two-factor/verify-totp" : "two-factor/verify-backup-code";
      expect((await (await challenged()).auth(path, { code: "000000" })).status).toBe(401);
    }
    const right = { code: oneTimeCode(totpURI) };
    const locked = { status: 429, data: { code: "ACCOUNT_TEMPORARILY_LOCKED" } };
    expect(await (await challenged()).auth("two-factor/verify-totp", right)).toMatchObject(locked);
    expect(await (await challenged()).auth("two-factor/verify-backup-code", { code: backupCodes[0] })).toMatchObject(locked);
    await database.db.twoFactor.update({ where: { userId: person.id }, data: { lockedUntil: new Date(Date.now() - 1) } });
    expect((await (await challenged()).auth("two-factor/verify-totp", { code: oneTimeCode(totpURI) })).status).toBe(200);
  });

  test("wrong passwords of who is signed in are counted too, right ones given back", async () => {
    const { tablet } = await turnOn();
    await database.db.rateLimit.update({ where: { key: `password-person:${person.id}` }, data: { count: 19, lastRequest: Date.now() } });
    const codes = (password: string) => tablet.auth("two-factor/generate-backup-codes", { password });
    expect((await codes(PASSWORD)).status).toBe(200);
    expect((await codes("not the password")).status).toBe(400);
    expect((await codes(PASSWORD)).status).toBe(429);
    expect((await tablet.auth("two-factor/disable", { password: PASSWORD })).status).toBe(429);
  });
});

describe("afterwards", () => {
  test("new backup codes end the old ones", async () => {
    const { tablet, backupCodes } = await turnOn();
    const { data } = await tablet.auth("two-factor/generate-backup-codes", { password: PASSWORD });
    const fresh = (data as Begun).backupCodes;
    expect(fresh).toHaveLength(10);
    expect((await (await challenged()).auth("two-factor/verify-backup-code", { code: backupCodes[0] })).status).toBe(401);
    expect((await (await challenged()).auth("two-factor/verify-backup-code", { code: fresh[0] })).status).toBe(200);
    expect(await audited()).toContain("backup_codes_made");
  });

  test("turning it off asks for the password; then the password alone opens", async () => {
    const { tablet } = await turnOn();
    expect((await tablet.auth("two-factor/disable", { password: "not the password" })).status).toBe(400);
    expect((await tablet.auth("two-factor/disable", { password: PASSWORD })).status).toBe(200);
    expect([await isSignedIn(tablet), await database.db.twoFactor.count({ where: { userId: person.id } })]).toEqual([true, 0]);
    expect((await browser().signIn(person.email, PASSWORD)).data).toEqual({});
    expect(await audited()).toContain("second_factor_disabled");
  });

  test("an admin turns it off for who lost phone and codes, nobody else, and not their own", async () => {
    const remove = (actor = actorWith("admin"), id = person.id) =>
      removeSecondFactor({ ctx: contextOf(database.db, actor), input: { personId: id } });
    await expect(remove()).rejects.toMatchObject({ code: "not_found" });
    const { tablet } = await turnOn();
    const stranger = await challenged();
    for (const role of ["farm_manager", "field_staff", "viewer"] as const)
      await expect(remove(actorWith(role))).rejects.toMatchObject({ code: "forbidden" });
    const self = await testPerson(database.db, { isAdmin: true, twoFactorEnabled: true });
    await expect(remove({ ...actorWith("admin"), userId: self.id }, self.id)).rejects.toMatchObject({ code: "conflict" });
    await remove();
    expect(await isSignedIn(tablet)).toBe(true);
    expect((await stranger.auth("two-factor/verify-totp", { code: "000000" })).status).toBe(400);
    expect((await browser().signIn(person.email, PASSWORD)).data).toEqual({});
    expect((await audited()).filter((action) => action === "second_factor_removed")).toHaveLength(1);
    await expect(remove()).rejects.toMatchObject({ code: "not_found" });
  });
});
