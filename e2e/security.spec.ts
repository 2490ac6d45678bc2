import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, test, type APIRequestContext, type APIResponse, type Browser, type Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { Product } from "./product";

/** What attackers try, against the product as it runs and over real HTTP. */
const ADMIN = "admin@demo.example";
const COOKIE = "smart-dairy.session_token";
const PRIVATE_PAGES = ["/overview", "/devices", "/devices/MM001", "/settings/people", "/settings/audit", "/wall"];

let product: Product;
let evil: Server;
let evilPage = "";
let lastAddress = 0;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  // The limits are counted by address: behind a proxy each test can have its own.
  product = await Product.start({ demo: true, settings: { TRUSTED_PROXY: "true", LOG_LEVEL: "debug" } });
  evil = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(evilPage));
  await new Promise<void>((resolve) => evil.listen(0, "localhost", resolve));
});

test.afterAll(async () => {
  await new Promise((resolve) => evil.close(resolve));
  await product.remove();
});

/** Another port of the same name: another origin, but the same site, so that browsers send Lax cookies along. */
const evilOrigin = () => `http://localhost:${(evil.address() as AddressInfo).port}`;
const newAddress = () => ({ "x-forwarded-for": `198.51.100.${++lastAddress}` });

async function signIn(request: APIRequestContext, password = SAMPLE_PASSWORD, email = ADMIN): Promise<APIResponse> {
  return request.post(`${product.url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { ...newAddress(), origin: product.url },
  });
}

async function sessionCookie(request: APIRequestContext): Promise<string | undefined> {
  return (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
}

async function isSignedIn(request: APIRequestContext): Promise<boolean> {
  return (await request.get(`${product.url}/api/trpc/people.list`)).status() === 200;
}

/** A browser in which an admin is signed in. */
async function victim(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  expect((await signIn(context.request)).status()).toBe(200);
  return context.newPage();
}

test("every answer carries its headers, every page a nonce of its own, and nothing private may be kept", async ({ request }) => {
  await signIn(request);
  const nonces = new Set<string>();
  for (const page of ["/sign-in", "/scan", ...PRIVATE_PAGES]) {
    const answer = await request.get(`${product.url}${page}`, {
      headers: { "x-nonce": "forged", "content-security-policy": "script-src 'nonce-forged'" },
    });
    const headers = answer.headers();
    const csp = headers["content-security-policy"] ?? "";
    for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(csp, page).toContain(rule);
    expect(headers, page).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=(self)"),
      "x-request-id": expect.stringMatching(/^[\w-]{8,64}$/),
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? "";
    expect(nonce.length, page).toBeGreaterThanOrEqual(22);
    nonces.add(nonce);
    expect(csp).not.toContain("'unsafe-eval'");
    expect(/script-src ([^;]*)/.exec(csp)?.[1]).not.toContain("unsafe-inline");
    const html = await answer.text();
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length, page).toBeGreaterThan(3);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      page,
    ).toEqual([]);
    expect(html).not.toContain("forged");
    if (page !== "/scan") expect(headers["cache-control"], page).toMatch(/no-store/);
  }
  expect(nonces.size).toBe(2 + PRIVATE_PAGES.length);
  for (const api of ["/api/trpc/people.list", "/api/devices/export", "/api/audit/export", "/api/v1/iot/nothing"])
    expect((await request.get(`${product.url}${api}`)).headers(), api).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  for (const api of ["/api/trpc/people.list", "/api/devices/export", "/api/audit/export"])
    expect((await request.get(`${product.url}${api}`)).headers()["cache-control"], api).toBe("no-store");
});

test("a script that somebody smuggled into a page does not run", async ({ browser }) => {
  const page = await victim(browser);
  const violations: string[] = [];
  page.on("console", (message) => message.text().includes("Content Security Policy") && violations.push(message.text()));
  await page.goto(`${product.url}/devices`);
  const ran = await page.evaluate(async () => {
    const run = window as { stolen?: boolean };
    const inline = document.createElement("div");
    inline.innerHTML = `<img src="/nothing" onerror="window.stolen = true">`;
    document.body.append(inline);
    const script = document.createElement("script");
    script.textContent = "window.stolen = true";
    document.body.append(script);
    const foreign = document.createElement("script");
    foreign.src = "https://evil.example/x.js";
    document.body.append(foreign);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return run.stolen === true;
  });
  expect(ran).toBe(false);
  expect(violations.length).toBeGreaterThanOrEqual(2);
  await page.context().close();
});

test("another site's forms, fetches and uploads change nothing", async ({ browser }) => {
  const page = await victim(browser);
  const people = async () => (await page.request.get(`${product.url}/api/trpc/people.list`)).text();
  const before = await people();
  const invite = { json: { name: "Intruder", email: "intruder@evil.example", isAdmin: true, farmIds: [] } };
  const target = `${product.url}/api/trpc/people.invite`;
  const form = (enctype: string, action = target) =>
    `<form method="post" enctype="${enctype}" action="${action}"><input name='${JSON.stringify(invite).slice(0, -1)},"x":"' value='"}'></form><script>document.forms[0].submit()</script>`;
  const forms: [string, string][] = [
    ["text/plain", target],
    ["multipart/form-data", target],
    ["application/x-www-form-urlencoded", target],
    ["text/plain", `${product.url}/api/auth/sign-out`],
    ["text/plain", `${product.url}/api/auth/sign-in/email`],
    ["multipart/form-data", `${product.url}/api/firmware/uploads`],
    ["multipart/form-data", `${product.url}/api/imports/files`],
    ["text/plain", `${product.url}/api/labels`],
  ];
  for (const [enctype, action] of forms) {
    evilPage = form(enctype, action);
    const answered = page.waitForResponse((response) => response.url() === action);
    await page.goto(evilOrigin());
    const answer = await answered;
    expect((await answer.request().allHeaders()).cookie, "the attack is a real one: the cookie came along").toContain(COOKIE);
    expect(answer.status(), `${enctype} to ${action}`).toBe(403);
  }
  evilPage = "<p>evil</p>";
  await page.goto(evilOrigin());
  for (const options of [
    { mode: "no-cors", credentials: "include", headers: { "content-type": "text/plain" } },
    { mode: "cors", credentials: "include", headers: { "content-type": "application/json" } },
    { mode: "cors", credentials: "include", headers: { "content-type": "text/plain" } },
  ] as const) {
    const read = await page.evaluate(
      ({ url, body, init }) =>
        fetch(url, { method: "POST", body, ...init }).then(
          (response) => response.text(),
          () => "refused",
        ),
      { url: target, body: JSON.stringify(invite), init: options },
    );
    expect(["refused", ""]).toContain(read);
  }
  // Reading is not theirs either: no CORS header opens an answer.
  const read = await page.evaluate(
    (url) =>
      fetch(url, { credentials: "include" }).then(
        (r) => r.text(),
        () => "refused",
      ),
    `${product.url}/api/trpc/people.list`,
  );
  expect(read).toBe("refused");
  expect(await people()).toBe(before);
  await page.context().close();
});

test("no other site can put a page of ours into a frame", async ({ browser }) => {
  const page = await victim(browser);
  evilPage = `<iframe src="${product.url}/devices" width="800" height="600"></iframe>`;
  await page.goto(evilOrigin());
  await expect.poll(() => page.frames().length).toBe(2);
  const framed = page.frames()[1]!;
  await expect.poll(() => framed.url()).toMatch(/^chrome-error:/);
  await page.context().close();
});

test("a session begins with the sign-in, ends with the sign-out, and is nobody's to choose", async ({ playwright }) => {
  const request = await playwright.request.newContext({
    extraHTTPHeaders: { cookie: `${COOKIE}=chosen-by-the-attacker.c2lnbmF0dXJl` },
  });
  const answer = await signIn(request);
  expect(answer.status()).toBe(200);
  const cookie =
    answer.headersArray().find(({ name, value }) => name.toLowerCase() === "set-cookie" && value.startsWith(COOKIE))?.value ?? "";
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).toMatch(/Path=\//i);
  expect(cookie).not.toContain("chosen-by-the-attacker");
  expect(await answer.json(), "the session is in the cookie and nowhere else").toEqual({});
  await request.dispose();

  const first = await playwright.request.newContext();
  await signIn(first);
  const old = await sessionCookie(first);
  await signIn(first);
  const current = await sessionCookie(first);
  expect(current).toBeTruthy();
  expect(current, "signing in again is another session").not.toBe(old);
  expect(await isSignedIn(first)).toBe(true);
  await first.post(`${product.url}/api/auth/sign-out`, { data: {}, headers: { origin: product.url } });
  expect(await isSignedIn(first)).toBe(false);
  const replay = await playwright.request.newContext({ extraHTTPHeaders: { cookie: `${COOKIE}=${current}` } });
  expect(await isSignedIn(replay), "a stolen cookie is worth nothing after the sign-out").toBe(false);
  await first.dispose();
  await replay.dispose();
});

test("links cannot send people elsewhere after they sign in", async ({ browser, request }) => {
  for (const next of [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/%09/evil.example",
    "@evil.example",
  ]) {
    const context = await browser.newContext({ extraHTTPHeaders: newAddress() });
    const page = await context.newPage();
    await page.goto(`${product.url}/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(ADMIN);
    await page.getByLabel("Password").fill(SAMPLE_PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    expect(new URL(page.url()).origin, next).toBe(product.url);
    await context.close();
  }
  const answer = await request.post(`${product.url}/api/auth/sign-in/email`, {
    data: { email: ADMIN, password: SAMPLE_PASSWORD, callbackURL: "https://evil.example" },
    headers: newAddress(),
    maxRedirects: 0,
  });
  expect(answer.headers().location).toBeUndefined();
  expect(await answer.text()).not.toContain("evil.example");
});

test("who asks for a person that does not exist waits as long as for one that does, and reads the same", async ({ request }) => {
  const attempt = async (email: string) => {
    const begun = performance.now();
    const answer = await signIn(request, "a wrong password", email);
    return { ms: performance.now() - begun, status: answer.status(), text: await answer.text() };
  };
  await attempt(ADMIN);
  const [known, unknown] = [[] as number[], [] as number[]];
  for (let round = 0; round < 8; round++) {
    const [there, nowhere] = [await attempt(ADMIN), await attempt(`nobody${round}@demo.example`)];
    expect([there.status, there.text]).toEqual([nowhere.status, nowhere.text]);
    known.push(there.ms);
    unknown.push(nowhere.ms);
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[times.length / 2]!;
  const ratio = median(known) / median(unknown);
  // Without the second hash it is ten or more.
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

test("guessing is slowed down by address, and by person from however many addresses", async ({ request }) => {
  const address = newAddress();
  const statuses: number[] = [];
  for (let n = 0; n < 12; n++)
    statuses.push(
      (
        await request.post(`${product.url}/api/auth/sign-in/email`, {
          data: { email: `g${n}@demo.example`, password: "x" },
          headers: address,
        })
      ).status(),
    );
  expect(statuses.filter((status) => status === 429).length).toBe(2);
  const email = "fitter@nowhere.example";
  for (let n = 0; n < 20; n++) expect((await signIn(request, "a wrong password", email)).status()).toBe(401);
  const refused = await signIn(request, "a wrong password", email.toUpperCase());
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
});

test("bodies, batches and methods have bounds", async ({ request }) => {
  await signIn(request);
  const trpc = `${product.url}/api/trpc`;
  const json = { "content-type": "application/json", origin: product.url };
  const status = async (url: string, data: string, headers: Record<string, string> = json) =>
    (await request.post(url, { data, headers })).status();
  expect(await status(`${trpc}/devices.count`, `{"json":{"search":"${"x".repeat(1_100_000)}"}}`)).toBe(400);
  expect(await status(`${trpc}/${Array(21).fill("devices.count").join(",")}?batch=1`, "{}")).toBeGreaterThanOrEqual(400);
  expect(await status(`${trpc}/devices.count`, "{}", { "content-type": "text/plain" })).toBe(400);
  expect(await status(`${product.url}/api/auth/sign-in/email`, `{"email":"${"x".repeat(20_000)}"}`)).toBe(400);
  expect(await status(`${product.url}/api/auth/sign-in/email`, "{")).toBe(400);
  for (const closed of ["sign-up/email", "get-session", "list-sessions", "update-user", "delete-user", "forget-password", "ok"])
    expect(await status(`${product.url}/api/auth/${closed}`, "{}"), closed).toBe(404);
  expect((await request.get(`${product.url}/api/auth/get-session`)).status()).toBe(405);
});

test("an id that a client gives goes through, one that could be anything does not", async ({ request }) => {
  const idOf = async (id: string) =>
    (await request.get(`${product.url}/api/healthz`, { headers: { "x-request-id": id } })).headers()["x-request-id"];
  expect(await idOf("request-of-a-test")).toBe("request-of-a-test");
  expect(await idOf('bad"},{"x')).toMatch(/^[0-9a-f-]{36}$/);
});

test("no secret is in the log, however closely one looks", async ({ request }) => {
  await signIn(request, "a wrong password that nobody may read");
  for (const path of ["invite/secret-of-an-invitation", "reset/secret-of-a-new-password"]) await request.get(`${product.url}/${path}`);
  const secrets = JSON.parse(await readFile(path.join(product.dataFolder, "secrets.json"), "utf8")) as Record<string, string>;
  expect(Object.keys(secrets).length).toBeGreaterThan(3);
  for (const [name, value] of Object.entries(secrets)) expect(product.output.includes(value), name).toBe(false);
  for (const typed of ["a wrong password that nobody may read", "secret-of-an-invitation", "secret-of-a-new-password"])
    expect(product.output).not.toContain(typed);
  expect(product.output.split("\n").filter((line) => line.includes("auth")).length).toBeGreaterThan(0);
});
