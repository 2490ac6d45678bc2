import { createServer, type IncomingMessage, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { guardRequest, type GuardPolicy } from "./guard-request";
import { loggedPath, logWhenAnswered } from "./request-log";
import { isLoopback, securityHeaders } from "./security-headers";

const POLICY: GuardPolicy = { publicUrl: "https://dairy.example", isDevelopment: false, hasTrustedProxy: false };
let server: Server;
let policy = POLICY;
let seen: IncomingMessage | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (!guardRequest(request, response, policy)) return;
    seen = request;
    response.end("in");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => server.close());

beforeEach(() => {
  seen = undefined;
  policy = POLICY;
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

function ask(method: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = send({ port, host: "127.0.0.1", method, headers: { host: "dairy.example", ...headers } }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on("error", reject);
    if (body) request.setHeader("content-length", body.length);
    request.end(body);
  });
}

const COOKIE = { cookie: "smart-dairy.session_token=x" };

describe("what changes something with a cookie", () => {
  test.each<[string, Record<string, string>]>([
    ["from another site", { ...COOKIE, "sec-fetch-site": "cross-site" }],
    ["from another port of the same name", { ...COOKIE, "sec-fetch-site": "same-site", origin: "https://dairy.example:8443" }],
    ["by an old browser from another origin", { ...COOKIE, origin: "https://evil.example" }],
    ["from a sandboxed frame", { ...COOKIE, origin: "null" }],
  ])("%s is refused before any route sees it", async (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask(method, headers, "x".repeat(1_000));
      expect([answer.status, answer.headers["content-type"], answer.headers["x-frame-options"]]).toEqual([
        403,
        "application/problem+json",
        "DENY",
      ]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: "forbidden", requestId: answer.headers["x-request-id"] });
      expect(seen).toBeUndefined();
    }
  });

  test.each<[string, string, Record<string, string>]>([
    ["from our own page", "POST", { ...COOKIE, "sec-fetch-site": "same-origin", origin: "https://dairy.example" }],
    ["by an old browser from our own page", "POST", { ...COOKIE, origin: "https://dairy.example" }],
    ["by a program with a cookie and no browser", "POST", COOKIE],
    ["by a device or a key, without any cookie", "POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["as reading, by a link from elsewhere", "GET", { ...COOKIE, "sec-fetch-site": "cross-site" }],
  ])("%s goes on", async (_, method, headers) => {
    expect(await ask(method, headers)).toMatchObject({ status: 200, text: "in" });
  });
});

describe("headers", () => {
  test("that only we may set are ours, whatever a client sends", async () => {
    await ask("GET", {
      "x-nonce": "forged",
      "content-security-policy": "script-src 'nonce-forged'",
      "content-security-policy-report-only": "script-src 'nonce-forged'",
      "x-middleware-subrequest": "middleware",
      "x-smart-dairy-address": "10.0.0.1",
      "x-forwarded-for": "10.0.0.2",
      "x-request-id": "no good id",
    });
    expect(seen?.headers).toMatchObject({ "x-smart-dairy-address": "127.0.0.1" });
    expect(JSON.stringify(seen?.headers)).not.toMatch(/forged|middleware/);
    expect(seen?.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    policy = { ...POLICY, hasTrustedProxy: true };
    await ask("GET", { "x-forwarded-for": "6.6.6.6, 192.0.2.7" });
    expect(seen?.headers["x-smart-dairy-address"]).toBe("192.0.2.7");
  });

  test("the nonce that Next reads is the one of the answer, another each time", async () => {
    const [one, two] = [await ask("GET"), await ask("GET")];
    const [, nonce] = /'nonce-([^']+)'/.exec(String(two.headers["content-security-policy"])) ?? [];
    expect(nonce).toHaveLength(24);
    expect(seen?.headers["x-nonce"]).toBe(nonce);
    expect(seen?.headers["content-security-policy"]).toBe(two.headers["content-security-policy"]);
    expect(one.headers["content-security-policy"]).not.toContain(nonce);
  });

  test.each([
    ["https://dairy.example", true],
    ["http://dairy.example", false],
    ["https://localhost:3000", false],
    ["https://127.0.0.1", false],
    ["https://[::1]:3000", false],
  ])("%s tells browsers to stay with https: %s", (publicUrl, expected) => {
    const headers = securityHeaders("n", { publicUrl, isDevelopment: false });
    expect("strict-transport-security" in headers).toBe(expected);
    expect(headers["content-security-policy"]?.includes("upgrade-insecure-requests")).toBe(expected);
  });

  test("only development evaluates code", () => {
    const scripts = (isDevelopment: boolean) =>
      securityHeaders("n", { publicUrl: "http://localhost", isDevelopment })["content-security-policy"];
    expect([scripts(true)?.includes("'unsafe-eval'"), scripts(false)?.includes("'unsafe-eval'")]).toEqual([true, false]);
  });

  test.each([
    ["localhost", true],
    ["dairy.localhost", true],
    ["127.8.9.1", true],
    ["localhost.evil.example", false],
    ["127.0.0.1.evil.example", false],
  ])("%s is this machine: %s", (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe("the log of requests", () => {
  test.each([
    ["/devices?q=secret", "/devices"],
    ["/invite/abcdef", "/invite/[redacted]"],
    ["/reset/abcdef?x=1", "/reset/[redacted]"],
    ["/api/trpc/people.list", "/api/trpc/people.list"],
    ["", ""],
  ])("%s is written as %j", (url, path) => {
    expect(loggedPath(url)).toBe(path);
  });

  test("has failures of ours as warnings, everything else for whoever looks closer", async () => {
    const log = { warn: vi.fn(), debug: vi.fn() };
    const failing = createServer((request, response) => {
      logWhenAnswered(request, response, log as never);
      response.writeHead(request.url?.startsWith("/broken") ? 500 : 404).end();
    });
    await new Promise<void>((resolve) => failing.listen(0, "127.0.0.1", resolve));
    const { port } = failing.address() as AddressInfo;
    for (const path of ["/broken?token=x", "/nothing"]) await fetch(`http://127.0.0.1:${port}${path}`);
    await vi.waitFor(() => expect(log.debug).toHaveBeenCalledOnce());
    expect(log.warn).toHaveBeenCalledWith(expect.objectContaining({ path: "/broken", status: 500, method: "GET" }), expect.any(String));
    expect(log.debug).toHaveBeenCalledWith(expect.objectContaining({ path: "/nothing", status: 404 }), expect.any(String));
    failing.close();
  });
});
