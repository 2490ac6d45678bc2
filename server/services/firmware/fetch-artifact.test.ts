import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { actorWith, contextOf } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { useOutside } from "@/server/testing/outside";
import { cancelUpload } from "./cancel-upload";
import { startFetch } from "./fetch-artifact";
import { getUpload } from "./find-upload";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-firmware-"));
process.env.DATA_DIR = dataFolder;
process.env.FIRMWARE_MAX_BYTES = "1000000";
const database = useTestDatabase();
const outsideOf = useOutside("firmware.example.com");
const url = "https://firmware.example.com/mm/MM%20firmware-2.4.0.bin?token=secret";
const content = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(200_000)]);
const sha256 = createHash("sha256").update(content).digest("hex");

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const admin = actorWith("admin");
const ctx = () => contextOf(database.db, admin);
const files = () => readdir(path.join(dataFolder, "firmware")).catch(() => []);

type Outside = Awaited<ReturnType<typeof outsideOf>>["outside"];

async function fetched(outside: Outside, given: Record<string, unknown> = {}) {
  const { uploadId, done } = await startFetch({ ctx: ctx(), input: { url, ...given }, outside });
  await done;
  return getUpload({ ctx: ctx(), input: { uploadId } });
}

describe("a file fetched from another server", () => {
  test("is in the store with its length and hash, under its own name", async () => {
    const { outside } = await outsideOf((_, response) => response.end(content));
    expect(await fetched(outside, { expectedSha256: sha256 })).toMatchObject({
      fileName: "MM firmware-2.4.0.bin",
      sizeBytes: content.length,
      receivedBytes: content.length,
      artifact: { sha256, sizeBytes: content.length, format: "elf" },
      failure: null,
    });
    expect(await files()).toEqual([`${sha256}.bin`]);
    const [event] = await database.db.auditEvent.findMany({ where: { subjectId: sha256 } });
    expect(JSON.stringify(event?.after)).toContain("https://firmware.example.com/mm/MM%20firmware-2.4.0.bin");
    expect(JSON.stringify(event?.after)).not.toContain("secret");
  });

  test("of a length that the other server does not say", async () => {
    const { outside } = await outsideOf((_, response) => {
      response.write(content.subarray(0, 1_000));
      response.end(content.subarray(1_000));
    });
    expect((await fetched(outside)).artifact).toMatchObject({ sha256, sizeBytes: content.length });
  });

  test.each([
    ["another hash", content, {}, { expectedSha256: "b".repeat(64) }, /another SHA-256/],
    ["a sign-in page", Buffer.from("<html>Sign in</html>"), {}, {}, /web page/],
    ["too long, as announced", Buffer.alloc(10), { "content-length": "1000001" }, {}, /this installation takes 1,000,000/],
    ["too long without a word", Buffer.alloc(1_000_001, "x"), { "transfer-encoding": "chunked" }, {}, /More than the 1,000,000 bytes/],
    ["nothing", Buffer.alloc(0), {}, {}, /empty/],
    ["broken off", content.subarray(0, 50_000), { "content-length": String(content.length) }, {}, /broke off/],
  ])("%s: nothing is kept, and why can be read", async (_, body, headers, given, failure) => {
    const before = await files();
    const { outside } = await outsideOf((__, response) => {
      response.writeHead(200, headers as Record<string, string>);
      response.write(body, () => (headers["content-length" as keyof typeof headers] ? response.destroy() : response.end()));
      if (body.length === 0) response.end();
    });
    expect(await fetched(outside, given)).toMatchObject({ artifact: null, failure: expect.stringMatching(failure) as string });
    expect(await files()).toEqual(before);
  });

  test("an address that is not public is not reached, and why can be read", async () => {
    const { outside, asked } = await outsideOf((_, response) => response.end(content), { addresses: ["10.0.0.1"] });
    expect((await fetched(outside)).failure).toBe("Only servers on the public internet");
    expect(asked).toEqual(["firmware.example.com"]);
  });

  test.each(["http://firmware.example.com/a", "https://localhost/a", "nonsense"])("%s is refused at once", async (given) => {
    await expect(startFetch({ ctx: ctx(), input: { url: given } })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a cancelled one ends", async () => {
    const { outside } = await outsideOf((_, response) => {
      response.writeHead(200, { "content-length": String(content.length) });
      response.write(content.subarray(0, 100_000));
      void cancelled.then(() => response.end(content.subarray(100_000)));
    });
    let cancel: () => void = () => undefined;
    const cancelled = new Promise<void>((resolve) => (cancel = resolve));
    const { uploadId, done } = await startFetch({ ctx: ctx(), input: { url }, outside });
    await cancelUpload({ ctx: ctx(), input: { uploadId } });
    cancel();
    await done;
    expect((await files()).filter((name) => name.startsWith(uploadId))).toEqual([]);
    await expect(getUpload({ ctx: ctx(), input: { uploadId } })).rejects.toMatchObject({ code: "not_found" });
  });

  test("one whose process died says so after a while", async () => {
    const upload = await database.db.firmwareUpload.create({
      data: { ownerId: admin.userId, fileName: "a.bin", sourceUrl: url, expiresAt: new Date(), createdAt: new Date(Date.now() - 61_000) },
    });
    expect(await getUpload({ ctx: ctx(), input: { uploadId: upload.id } })).toMatchObject({
      failure: "The transfer broke off. Try again.",
    });
  });

  test("nobody but who manages firmware fetches any", async () => {
    const manager = actorWith("farm_manager", crypto.randomUUID());
    await expect(startFetch({ ctx: contextOf(database.db, manager), input: { url } })).rejects.toMatchObject({ code: "forbidden" });
  });
});
