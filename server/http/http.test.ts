import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { AppError, ERROR_CODES, type ErrorCode } from "@/server/errors";
import { isCronCaller } from "./cron-caller";
import { problemResponse } from "./problem";
import { readJson } from "./read-json";
import { addressOf, callerAddress, isSameOrigin, requestIdOf } from "./request-info";

describe("problem answers (RFC 9457)", () => {
  const STATUS: Record<ErrorCode, number> = {
    invalid_input: 400,
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    conflict: 409,
    precondition_failed: 412,
    method_not_allowed: 405,
    rate_limited: 429,
    unavailable: 503,
    internal: 500,
  };
  test.each(ERROR_CODES)("%s", async (code) => {
    const response = problemResponse(new AppError(code, "a reason", { fields: { name: "too long" }, retryAfterSeconds: 7 }), "request-1");
    expect([
      response.status,
      response.headers.get("content-type"),
      response.headers.get("retry-after"),
      response.headers.get("cache-control"),
    ]).toEqual([STATUS[code], "application/problem+json", "7", "no-store"]);
    expect(await response.json()).toMatchObject({
      type: `urn:smart-dairy:problem:${code}`,
      status: STATUS[code],
      code,
      detail: "a reason",
      fields: { name: "too long" },
      requestId: "request-1",
    });
  });

  test.each([new Error("password is hunter2"), "a string", undefined, { secret: 1 }])(
    "what nobody expected (%s) says nothing but its reference",
    async (error) => {
      const response = problemResponse(error, "request-1");
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).not.toContain("hunter2");
      expect(JSON.parse(text)).toMatchObject({ code: "internal", detail: "Something went wrong on our side. Reference: request-1" });
      expect(response.headers.get("retry-after")).toBeNull();
    },
  );
});

describe("a body of JSON", () => {
  const read = (body: BodyInit | undefined, maxBytes = 100) =>
    readJson(new Request("http://localhost", { method: "POST", body, duplex: "half" } as RequestInit), maxBytes);

  test.each([
    ['{"a":1}', { a: 1 }],
    ["[]", []],
    [`"${"é".repeat(49)}"`, "é".repeat(49)],
  ])("%s", async (text, value) => {
    expect(await read(text)).toEqual(value);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["no body", undefined],
    ["too long", `"${"x".repeat(99)}"`],
    ["too long in bytes", `"${"é".repeat(50)}"`],
  ])("%s is refused", async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("an endless body is not read to its end", async () => {
    let sent = 0;
    const endless = new ReadableStream({ pull: (controller) => void controller.enqueue(new Uint8Array(1_000).fill(++sent > 0 ? 32 : 0)) });
    await expect(read(endless, 10_000)).rejects.toMatchObject({ code: "invalid_input" });
    expect(sent).toBeLessThan(20);
  });
});

describe("where a request comes from", () => {
  test.each([
    [{}, true],
    [{ "sec-fetch-site": "same-origin" }, true],
    [{ "sec-fetch-site": "none" }, true],
    [{ "sec-fetch-site": "same-site" }, false],
    [{ "sec-fetch-site": "cross-site" }, false],
    [{ "sec-fetch-site": "cross-site", origin: "https://dairy.example", host: "dairy.example" }, false],
    [{ origin: "https://dairy.example", host: "dairy.example" }, true],
    [{ origin: "http://localhost:3000", host: "localhost:3000" }, true],
    [{ origin: "http://localhost:3001", host: "localhost:3000" }, false],
    [{ origin: "https://evil.example", host: "dairy.example" }, false],
    [{ origin: "https://dairy.example.evil.example", host: "dairy.example" }, false],
    [{ origin: "null", host: "dairy.example" }, false],
    [{ origin: "https://dairy.example" }, false],
    [{ origin: "", host: "dairy.example" }, true],
  ] as [Record<string, string>, boolean][])("%j is ours: %s", (headers, expected) => {
    expect(isSameOrigin(new Headers(headers))).toBe(expected);
  });

  test.each([
    ["abcdefgh", true],
    ["a-b_c-1234", true],
    ["short", false],
    ["x".repeat(65), false],
    ["bad id with spaces", false],
    ['"},{"injected":"', false],
  ])("request id %j is taken over: %s", (id, isTaken) => {
    expect(requestIdOf(new Headers({ "x-request-id": id })) === id).toBe(isTaken);
  });

  test("without one, each request gets its own", () => {
    expect(requestIdOf(new Headers())).not.toBe(requestIdOf(new Headers()));
  });

  test.each([
    [false, "6.6.6.6", "10.0.0.1"],
    [true, "6.6.6.6, 192.0.2.1", "192.0.2.1"],
    [true, " 192.0.2.1 ", "192.0.2.1"],
    [true, "", "10.0.0.1"],
    [true, undefined, "10.0.0.1"],
  ])("trusted proxy %s, x-forwarded-for %j → %s", (hasTrustedProxy, forwarded, expected) => {
    const request = { headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress: "10.0.0.1" } };
    expect(callerAddress(request as unknown as IncomingMessage, hasTrustedProxy)).toBe(expected);
    expect(addressOf(new Headers({ "x-smart-dairy-address": expected, "x-forwarded-for": "6.6.6.6" }))).toBe(expected);
  });
});

test.each([
  ["Bearer s3cret", true],
  ["bearer s3cret", true],
  ["s3cret", false],
  ["Basic s3cret", false],
  ["Bearer s3cre", false],
  ["Bearer s3crets", false],
  ["Bearer ", false],
  ["", false],
])("cron caller %j: %s", (authorization, expected) => {
  expect(isCronCaller(new Headers({ authorization }), "s3cret")).toBe(expected);
});
