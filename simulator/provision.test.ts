import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ProvisioningRefused, redeemToken } from "./provision";
import { seededRandom } from "./random";

const QUICK = { firstMs: 5, lastMs: 20, stableMs: 0 };
const ANSWER = {
  deviceId: "MM017",
  mqtt: { host: "broker.example", port: 8883, tls: true, username: "MM017", clientId: "MM017", password: "secret" },
  topics: { data: "smartdairy/MM017/data" },
  ca: "-----BEGIN CERTIFICATE-----",
};

type Handler = (body: Record<string, unknown>, response: ServerResponse, request: IncomingMessage) => void;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(handlers: Handler[]) {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      bodies.push(body);
      handlers[Math.min(bodies.length, handlers.length) - 1]?.(body, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    bodies,
    redeem: () => redeemToken({ url, token: "T", random: seededRandom("provision"), hardware: { serialNumber: "S1" }, backOff: QUICK }),
  };
}

const succeed: Handler = (_, response) => response.setHeader("content-type", "application/json").end(JSON.stringify(ANSWER));
const problem =
  (status: number, code: string, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response
      .writeHead(status, { "content-type": "application/problem+json", ...headers })
      .end(JSON.stringify({ title: "No", status, detail: "Not this one", code }));

describe("redeemToken", () => {
  test("turns the answer into an identity that can connect", async () => {
    const { bodies, redeem } = await serve([
      (body, response, request) => {
        expect([request.method, request.url]).toEqual(["POST", "/api/v1/iot/provision"]);
        succeed(body, response, request);
      },
    ]);
    expect(await redeem()).toEqual({
      deviceId: "MM017",
      type: "milk_meter",
      password: "secret",
      url: "mqtts://broker.example:8883",
      certificateAuthority: "-----BEGIN CERTIFICATE-----",
    });
    expect(bodies[0]).toMatchObject({ token: "T", serialNumber: "S1" });
    expect(bodies[0]?.nonce).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  test("asks again with the same nonce when the answer is lost, and when the server is not well", async () => {
    const { bodies, redeem } = await serve([(_, __, request) => request.socket.destroy(), problem(503, "unavailable"), succeed]);
    expect((await redeem()).deviceId).toBe("MM017");
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies.map((body) => body.nonce)).size).toBe(1);
  });

  test("waits as long as 429 says", async () => {
    const { redeem } = await serve([problem(429, "rate_limited", { "retry-after": "1" }), succeed]);
    const startedMs = Date.now();
    await redeem();
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(990);
  });

  test.each([
    [400, "invalid_input"],
    [401, "unauthorized"],
  ])("gives up at once on %i", async (status, code) => {
    const { bodies, redeem } = await serve([problem(status, code)]);
    const error = await redeem().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProvisioningRefused);
    expect(error).toMatchObject({ status, code, message: `${status} Not this one` });
    expect(bodies).toHaveLength(1);
  });
});
