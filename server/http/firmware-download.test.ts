import { once } from "node:events";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { downloadUrl } from "@/server/domain/firmware/download-url";
import { downloadSecret } from "@/server/services/firmware/download-secret";
import { testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { testArtifact } from "@/server/testing/firmware";
import { sendFirmware } from "./send-firmware";

const SIZE = 1_000_000;
const MAX_DOWNLOADS = 3;
const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-download-"));
process.env.DATA_DIR = dataFolder;
process.env.FIRMWARE_MAX_DOWNLOADS = String(MAX_DOWNLOADS);
const database = useTestDatabase();

let sha256: string;
let content: Buffer;
let deviceId: string;
let farmId: string;

const server = createServer((request, response) => void sendFirmware(request, response));

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dataFolder, { recursive: true, force: true });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  farmId = (await testFarm(database.db)).id;
  deviceId = (await testDevice(database.db, { farmId })).deviceId;
  sha256 = await testArtifact(database.db, dataFolder, { sizeBytes: SIZE });
  content = await readFile(path.join(dataFolder, "firmware", `${sha256}.bin`));
});

function linkTo(file: string, options: { device?: string; expiresAt?: Date } = {}): string {
  const { device = deviceId, expiresAt = new Date(Date.now() + 60_000) } = options;
  return downloadUrl(
    { publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sha256: file, deviceId: device, expiresAt },
    downloadSecret(),
  );
}

const call = (url: string, headers: Record<string, string> = {}, options: { method?: string; signal?: AbortSignal } = {}) =>
  fetch(url, { headers, ...options });

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const headersOf = (response: Response, ...names: string[]) => names.map((name) => response.headers.get(name));

/** Files of the store that this process holds open. */
async function openFiles(): Promise<number> {
  const links = await Promise.all((await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  return links.filter((link) => link.startsWith(dataFolder)).length;
}

describe("a device that fetches firmware", () => {
  test("gets all of it, with a length, and the hash as its ETag", async () => {
    const response = await call(linkTo(sha256));
    expect(headersOf(response, "content-length", "etag", "accept-ranges", "content-type", "content-disposition")).toEqual([
      String(SIZE),
      `"${sha256}"`,
      "bytes",
      "application/octet-stream",
      `attachment; filename="${sha256}.bin"`,
    ]);
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(content)).toBe(true);
  });

  test("asks first: HEAD has the headers and no body, whatever range", async () => {
    const response = await call(linkTo(sha256), { range: "bytes=0-9" }, { method: "HEAD" });
    expect([response.status, ...headersOf(response, "content-length", "accept-ranges")]).toEqual([200, String(SIZE), "bytes"]);
    expect(await bytesOf(response)).toHaveLength(0);
  });

  test("goes on where it stopped, as often as the connection breaks, and has the same file", async () => {
    const parts: Buffer[] = [];
    for (let have = 0; have < SIZE; have += parts.at(-1)!.length) {
      const response = await call(linkTo(sha256), { range: `bytes=${have}-${have + 333_332}`, "if-range": `"${sha256}"` });
      const last = Math.min(have + 333_332, SIZE - 1);
      expect([response.status, ...headersOf(response, "content-range", "content-length")]).toEqual([
        206,
        `bytes ${have}-${last}/${SIZE}`,
        String(last - have + 1),
      ]);
      parts.push(await bytesOf(response));
    }
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(parts).toHaveLength(4);
  });

  test.each<[string, Record<string, string>, number, [number, number]]>([
    ["the end by its length", { range: "bytes=-10" }, 206, [SIZE - 10, SIZE]],
    ["an open end", { range: `bytes=${SIZE - 1}-` }, 206, [SIZE - 1, SIZE]],
    ["several ranges", { range: "bytes=0-1,5-6" }, 200, [0, SIZE]],
    ["a range of another file", { range: "bytes=5-9", "if-range": '"another"' }, 200, [0, SIZE]],
    ["a range as of a date", { range: "bytes=5-9", "if-range": "Wed, 21 Oct 2026 07:28:00 GMT" }, 200, [0, SIZE]],
  ])("%s", async (_, headers, status, [from, to]) => {
    const response = await call(linkTo(sha256), headers);
    expect(response.status).toBe(status);
    expect((await bytesOf(response)).equals(content.subarray(from, to))).toBe(true);
  });

  test("a range past the end is 416 with the true length", async () => {
    const response = await call(linkTo(sha256), { range: `bytes=${SIZE}-` });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, `bytes */${SIZE}`]);
  });

  test("what it has already is 304", async () => {
    // Not by fetch, which says that it wants no cached answer.
    const [response] = (await once(get(linkTo(sha256), { headers: { "if-none-match": `"${sha256}"` } }), "response")) as [IncomingMessage];
    expect([response.statusCode, response.headers.etag]).toEqual([304, `"${sha256}"`]);
    response.resume();
  });
});

test("nothing can be sent there", async () => {
  const response = await call(linkTo(sha256), {}, { method: "POST" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

describe("is refused as a problem", () => {
  async function refusalOf(url: string) {
    const response = await call(url);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const { code, fields } = (await response.json()) as { code: string; fields?: Record<string, string> };
    return [response.status, code, Object.keys(fields ?? {})];
  }

  test("a link that was changed, expired, or is of another device", async () => {
    const link = linkTo(sha256);
    const other = (await testDevice(database.db, { farmId })).deviceId;
    expect(await refusalOf(link.replace(/signature=.*/, "signature=AAAA"))).toEqual([403, "forbidden", ["signature"]]);
    expect(await refusalOf(link.replace(/\?.*/, ""))).toEqual([403, "forbidden", ["signature"]]);
    expect(await refusalOf(link.replace(`device=${deviceId}`, `device=${other}`))).toEqual([403, "forbidden", ["signature"]]);
    expect(await refusalOf(link.replace(sha256, "../secrets.json"))).toEqual([403, "forbidden", ["signature"]]);
    expect(await refusalOf(linkTo(sha256, { expiresAt: new Date(Date.now() - 1_000) }))).toEqual([403, "forbidden", ["expires"]]);
  });

  test.each(["draft", "decommissioned"] as const)("a device that is %s", async (lifecycle) => {
    const { deviceId: device } = await testDevice(database.db, { farmId, lifecycle });
    expect(await refusalOf(linkTo(sha256, { device }))).toEqual([403, "forbidden", []]);
  });

  test("a device that does not exist, and a file that is not in the store", async () => {
    expect(await refusalOf(linkTo(sha256, { device: "XX999" }))).toEqual([403, "forbidden", []]);
    expect(await refusalOf(linkTo("ab".repeat(32)))).toEqual([404, "not_found", []]);
    const lost = await testArtifact(database.db, dataFolder);
    await rm(path.join(dataFolder, "firmware", `${lost}.bin`));
    expect(await refusalOf(linkTo(lost))).toEqual([404, "not_found", []]);
  });
});

describe("many at once", () => {
  /** More than sockets take in of what nobody reads. */
  const LARGE = 32_000_000;
  let large: string;

  beforeAll(async () => {
    large = await testArtifact(database.db, dataFolder, { sizeBytes: LARGE });
  });

  test("beyond the limit they are told to come back, not all at the same moment; a place is free when one has ended", async () => {
    const busy = await Promise.all(Array.from({ length: MAX_DOWNLOADS }, () => call(linkTo(large))));
    const waiting = await Promise.all(Array.from({ length: 20 }, () => call(linkTo(large))));
    const waits = waiting.map((response) => Number(response.headers.get("retry-after")));
    expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set([503]));
    for (const seconds of waits) expect(seconds).toBeGreaterThanOrEqual(5);
    expect(new Set(waits).size).toBeGreaterThan(3);
    expect((await call(linkTo(large), {}, { method: "HEAD" })).status).toBe(200);

    expect(await bytesOf(busy[0]!)).toHaveLength(LARGE);
    const next = await vi.waitFor(async () => {
      const response = await call(linkTo(large));
      expect(response.status).toBe(200);
      return response;
    });
    await Promise.all([busy[1], busy[2], next].map((response) => response!.body!.cancel()));
    await vi.waitFor(async () => expect(await openFiles()).toBe(0));
    const again = await Promise.all(Array.from({ length: MAX_DOWNLOADS }, () => call(linkTo(large))));
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const response of again) await bytesOf(response);
  });

  test("who goes away without a word leaves no open file and no taken place", async () => {
    const abort = new AbortController();
    const gone = await Promise.all(Array.from({ length: MAX_DOWNLOADS }, () => call(linkTo(large), {}, { signal: abort.signal })));
    await vi.waitFor(async () => expect(await openFiles()).toBe(MAX_DOWNLOADS));
    abort.abort();
    await vi.waitFor(async () => expect(await openFiles()).toBe(0));
    await expect(bytesOf(gone[0]!)).rejects.toThrow();
    const after = await call(linkTo(sha256));
    expect((await bytesOf(after)).equals(content)).toBe(true);
    await vi.waitFor(async () => expect(await openFiles()).toBe(0));
  });
});
