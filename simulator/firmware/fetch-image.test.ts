import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seededRandom } from "../random";
import { FirmwareServer } from "../test-firmware-server";
import { fetchImage } from "./fetch-image";

const QUICK = { firstMs: 1, lastMs: 5, stableMs: 60_000 };

let server: FirmwareServer;
let url: string;
let image: Buffer;
beforeEach(async () => {
  server = await FirmwareServer.start();
  url = (await server.order()).url;
  image = [...server.images.values()][0]!;
});
afterEach(() => server.stop());

async function fetched(given: { url?: string; sizeBytes?: number; have?: Buffer; signal?: AbortSignal } = {}) {
  const { sizeBytes = image.length, signal = new AbortController().signal } = given;
  let received = given.have ?? Buffer.alloc(0);
  const failure = await fetchImage({
    url: given.url ?? url,
    sizeBytes,
    etag: `"${url.split("/").at(-1)}"`,
    have: () => received.length,
    restart: () => (received = Buffer.alloc(0)),
    keep: async (bytes) => {
      received = Buffer.concat([received, bytes]);
      await Promise.resolve();
    },
    backOff: QUICK,
    random: seededRandom("fetch"),
    signal,
  });
  return { failure, isWhole: received.equals(image) };
}

const WHOLE = { failure: undefined, isWhole: true };

test("goes on from what is there", async () => {
  expect(await fetched({ have: image.subarray(0, 100_000) })).toEqual(WHOLE);
  expect(server.ranges).toEqual(["bytes=100000-"]);
});

test("begins anew when the server does not know ranges", async () => {
  server.misbehave = (bytes, _, response) => (response.writeHead(200, { "content-length": bytes.length }).end(bytes), true);
  expect(await fetched({ have: image.subarray(0, 100_000) })).toEqual(WHOLE);
});

test("survives connections that break at any byte", async () => {
  let breaks = 20;
  server.misbehave = (bytes, request, response) => {
    if (breaks-- <= 0) return false;
    const start = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
    const status = start > 0 ? 206 : 200;
    const range = start > 0 ? { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(status, { "content-length": bytes.length - start, ...range });
    response.write(bytes.subarray(start, start + 5_000), () => setTimeout(() => response.destroy(), 2));
    return true;
  };
  expect(await fetched()).toEqual(WHOLE);
  expect(server.ranges.length).toBeGreaterThan(10);
});

test("comes back when it is told to, however often", async () => {
  let refusals = 12;
  server.misbehave = (_, __, response) => refusals-- > 0 && (response.writeHead(503, { "retry-after": "0.01" }).end(), true);
  expect(await fetched()).toEqual(WHOLE);
  expect(server.ranges).toHaveLength(13);
});

describe("gives up", () => {
  test.each([
    [401, "forbidden"],
    [403, "forbidden"],
    [404, "not_found"],
    [416, "size"],
  ])("at once on %i: %s", async (status, code) => {
    server.misbehave = (_, __, response) => (response.writeHead(status).end(), true);
    expect((await fetched()).failure).toMatchObject({ code });
    expect(server.ranges).toHaveLength(1);
  });

  test("when the file has another length than the manifest says", async () => {
    expect((await fetched({ sizeBytes: image.length - 1 })).failure).toMatchObject({ code: "size" });
    server.misbehave = (bytes, _, response) => (response.writeHead(200).write(bytes), response.end(), true);
    expect((await fetched()).failure).toMatchObject({ code: "size" });
  });

  test("after many tries that bring nothing, when nobody answers or only with 500", async () => {
    server.misbehave = (_, __, response) => (response.writeHead(500).end(), true);
    expect((await fetched()).failure).toMatchObject({ code: "network" });
    expect(server.ranges).toHaveLength(8);
    expect((await fetched({ url: "http://127.0.0.1:1/x" })).failure).toMatchObject({ code: "network" });
  });

  test("at a redirect: the link is for one address", async () => {
    server.misbehave = (_, __, response) => (response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), true);
    expect((await fetched()).failure).toMatchObject({ code: "network" });
  });

  test("when the power goes away", async () => {
    const power = new AbortController();
    server.misbehave = (bytes, _, response) => (
      response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, 9)),
      true
    );
    const fetching = fetched({ signal: power.signal });
    setTimeout(() => power.abort(new Error("the power is gone")), 30);
    await expect(fetching).rejects.toThrow("the power is gone");
  });
});
