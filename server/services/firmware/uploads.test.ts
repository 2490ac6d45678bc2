import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, contextOf } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { appendUpload, getUploadOffset } from "./append-upload";
import { cancelUpload } from "./cancel-upload";
import { getUpload } from "./find-upload";
import { startUpload } from "./start-upload";
import { sweepStore } from "./sweep-store";
import { UploadClaim } from "./upload-claim";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-firmware-"));
process.env.DATA_DIR = dataFolder;
process.env.FIRMWARE_MAX_BYTES = "1000000";
const folder = path.join(dataFolder, "firmware");
const database = useTestDatabase();
const HOUR_MS = 3_600_000;

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

let admin: UserActor;
beforeEach(() => {
  admin = actorWith("admin");
});

const ctx = (now = new Date(), actor = admin) => contextOf(database.db, actor, now);
const hashOf = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
const files = async () => (await readdir(folder)).sort();

/** An ELF program of so many bytes, another one each time. */
function program(sizeBytes: number): Buffer {
  return Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(sizeBytes - 4)]);
}

async function* inChunks(content: Uint8Array, chunkBytes = 4_096): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) yield await Promise.resolve(content.subarray(at, at + chunkBytes));
}

async function* breakingAfter(content: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  yield* inChunks(content.subarray(0, sizeBytes));
  throw new Error("connection reset");
}

const start = (sizeBytes: number, given: Record<string, unknown> = {}) =>
  startUpload({ ctx: ctx(), input: { fileName: "mm.bin", sizeBytes, ...given } });
const append = (uploadId: string, offset: number, body: AsyncIterable<Uint8Array>, actor = admin) =>
  appendUpload({ ctx: ctx(new Date(), actor), input: { uploadId, offset, body } });

async function send(content: Uint8Array, given: Record<string, unknown> = {}) {
  const { uploadId } = await start(content.length, given);
  return { uploadId, ...(await append(uploadId, 0, inChunks(content))) };
}

describe("a file that is sent", () => {
  test("lies in the store under its hash, readable for us alone, and nothing else is left", async () => {
    const content = program(300_000);
    const { artifact, uploadId } = await send(content, { expectedSha256: hashOf(content).toUpperCase() });
    expect(artifact).toEqual({ sha256: hashOf(content), sizeBytes: 300_000, format: "elf" });
    expect(hashOf(await readFile(path.join(folder, `${hashOf(content)}.bin`)))).toBe(hashOf(content));
    expect(await files()).toEqual([`${hashOf(content)}.bin`]);
    expect([(await stat(folder)).mode & 0o777, (await stat(path.join(folder, `${hashOf(content)}.bin`))).mode & 0o777]).toEqual([
      0o700, 0o400,
    ]);
    expect(await getUpload({ ctx: ctx(), input: { uploadId } })).toMatchObject({ receivedBytes: 300_000, artifact, failure: null });
    const [event] = await database.db.auditEvent.findMany({ where: { subjectId: hashOf(content) } });
    expect(event).toMatchObject({ action: "firmware.file_received", farmId: null, after: { fileName: "mm.bin", sizeBytes: 300_000 } });
  });

  test("goes on where it broke off, in another request, and has the same hash", async () => {
    const content = program(100_000);
    const { uploadId } = await start(content.length, { expectedSha256: hashOf(content) });
    await expect(append(uploadId, 0, breakingAfter(content, 40_960))).rejects.toThrow("connection reset");
    expect(await getUploadOffset({ ctx: ctx(), input: { uploadId } })).toEqual({ offset: 40_960, sizeBytes: 100_000, failure: null });
    expect(await append(uploadId, 40_960, inChunks(content.subarray(40_960, 60_000)))).toEqual({ offset: 60_000, artifact: null });
    expect(await append(uploadId, 60_000, inChunks(content.subarray(60_000)))).toMatchObject({
      offset: 100_000,
      artifact: { sha256: hashOf(content) },
    });
  });

  test("of which every byte had arrived when the server died is taken when it is asked again", async () => {
    const content = program(5_000);
    const { uploadId } = await start(content.length);
    await append(uploadId, 0, inChunks(content.subarray(0, 4_000)));
    await writeFile(path.join(folder, `${uploadId}.part`), content);
    expect((await getUploadOffset({ ctx: ctx(), input: { uploadId } })).offset).toBe(5_000);
    expect((await append(uploadId, 5_000, inChunks(Buffer.alloc(0)))).artifact).toMatchObject({ sha256: hashOf(content) });
  });

  test("twice is one artifact", async () => {
    const content = program(5_000);
    const [first, second] = [await send(content), await send(content, { fileName: "other.bin" })];
    expect(second.artifact).toEqual(first.artifact);
    expect(await database.db.firmwareArtifact.count({ where: { sha256: hashOf(content) } })).toBe(1);
    expect((await files()).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("in two transfers at once is one artifact as well", async () => {
    const content = program(50_000);
    const sent = await Promise.all([send(content), send(content), send(content)]);
    expect(sent.map(({ artifact }) => artifact?.sha256)).toEqual(Array(3).fill(hashOf(content)));
    expect((await files()).filter((name) => name.startsWith(hashOf(content)))).toEqual([`${hashOf(content)}.bin`]);
  });
});

describe("refused, and nothing is kept:", () => {
  const html = Buffer.from("<!doctype html><title>Sign in</title>");
  test.each([
    ["another hash than announced", program(5_000), { expectedSha256: "a".repeat(64) }, /another SHA-256/],
    ["a web page", html, {}, /web page/],
    ["erased flash", Buffer.alloc(5_000, 0xff), {}, /same byte/],
    ["a script", Buffer.from("#!/bin/sh\nreboot\n"), {}, /script/],
  ])("%s", async (_, content, given, message) => {
    const before = await files();
    const { uploadId } = await start(content.length, given);
    await expect(append(uploadId, 0, inChunks(content))).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(message) as string,
    });
    expect(await files()).toEqual(before);
    expect(await database.db.firmwareArtifact.count({ where: { sha256: hashOf(content) } })).toBe(0);
    expect(await getUpload({ ctx: ctx(), input: { uploadId } })).toMatchObject({
      artifact: null,
      failure: expect.stringMatching(message) as string,
    });
    await expect(append(uploadId, 0, inChunks(content))).rejects.toMatchObject({ code: "conflict" });
  });

  test("more bytes than announced", async () => {
    const before = await files();
    const { uploadId } = await start(5_000);
    await expect(append(uploadId, 0, inChunks(program(5_001)))).rejects.toMatchObject({ code: "invalid_input" });
    expect(await files()).toEqual(before);
  });

  test.each([
    ["too large", { sizeBytes: 1_000_001 }, "sizeBytes"],
    ["empty", { sizeBytes: 0 }, "sizeBytes"],
    ["a path for a name", { fileName: "../../etc/cron.d/evil" }, "fileName"],
    ["a Windows path", { fileName: "..\\evil.bin" }, "fileName"],
    ["no hash", { expectedSha256: "not a hash" }, "expectedSha256"],
  ])("%s", async (_, given, field) => {
    await expect(start(5_000, given)).rejects.toMatchObject({ code: "invalid_input", fields: { [field]: expect.any(String) as string } });
  });

  test("a truncated one is not there until its last byte is", async () => {
    const content = program(9_000);
    const { uploadId } = await start(content.length);
    expect(await append(uploadId, 0, inChunks(content.subarray(0, 8_999)))).toEqual({ offset: 8_999, artifact: null });
    expect(await database.db.firmwareArtifact.count({ where: { sha256: hashOf(content) } })).toBe(0);
    expect(await files()).not.toContain(`${hashOf(content)}.bin`);
  });

  test.each([1, 4_097, 1_000_000])("bytes for another place (%i)", async (offset) => {
    const content = program(9_000);
    const { uploadId } = await start(content.length);
    await append(uploadId, 0, inChunks(content.subarray(0, 4_096)));
    await expect(append(uploadId, offset, inChunks(content))).rejects.toMatchObject({
      code: "conflict",
      message: "4096 bytes have arrived; go on from there.",
    });
    expect((await getUploadOffset({ ctx: ctx(), input: { uploadId } })).offset).toBe(4_096);
  });

  test("an eleventh transfer at once", async () => {
    const begun = await Promise.all(Array.from({ length: 10 }, () => start(100)));
    await expect(start(100)).rejects.toMatchObject({ code: "conflict" });
    await cancelUpload({ ctx: ctx(), input: { uploadId: begun[0]!.uploadId } });
    await start(100);
  });
});

describe("whose transfer it is", () => {
  test("nobody else's, not even another admin's", async () => {
    const { uploadId } = await start(5_000);
    const other = actorWith("admin");
    const calls = [
      () => append(uploadId, 0, inChunks(program(5_000)), other),
      () => getUpload({ ctx: ctx(new Date(), other), input: { uploadId } }),
      () => getUploadOffset({ ctx: ctx(new Date(), other), input: { uploadId } }),
      () => cancelUpload({ ctx: ctx(new Date(), other), input: { uploadId } }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "not_found" });
    expect((await getUpload({ ctx: ctx(), input: { uploadId } })).receivedBytes).toBe(0);
  });

  test.each(["farm_manager", "field_staff", "viewer"] as const)("a %s sends none", async (role) => {
    const actor = actorWith(role, crypto.randomUUID());
    await expect(startUpload({ ctx: ctx(new Date(), actor), input: { fileName: "a.bin", sizeBytes: 10 } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(append("no id", 0, inChunks(program(10)), actor)).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each(["no id", "../../secrets", ""])("%j is not found", async (uploadId) => {
    await expect(append(uploadId, 0, inChunks(program(10)))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("one writer at a time", () => {
  test("a second request waits for the first", async () => {
    const { uploadId } = await start(5_000);
    const claim = await UploadClaim.take(database.db, uploadId);
    await expect(append(uploadId, 0, inChunks(program(5_000)))).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
    await claim.release(0);
    expect((await append(uploadId, 0, inChunks(program(5_000)))).artifact).not.toBeNull();
  });

  test("one that fell silent is taken over, and writes no more", async () => {
    const { uploadId } = await start(5_000);
    const lost = await UploadClaim.take(database.db, uploadId);
    await database.db.$executeRaw`UPDATE firmware_upload SET writer_at = now() - interval '21 seconds' WHERE id = ${uploadId}::uuid`;
    await UploadClaim.take(database.db, uploadId);
    await expect(lost.say(10)).rejects.toMatchObject({ code: "conflict" });
    await lost.release(4_000);
    expect((await getUpload({ ctx: ctx(), input: { uploadId } })).receivedBytes).toBe(0);
  });

  test("a cancelled one keeps nothing, however far it is", async () => {
    const content = program(5_000);
    const { uploadId } = await start(content.length);
    async function* cancelledInBetween() {
      yield content.subarray(0, 4_000);
      await cancelUpload({ ctx: ctx(), input: { uploadId } });
      yield content.subarray(4_000);
    }
    await expect(append(uploadId, 0, cancelledInBetween())).rejects.toMatchObject({ code: "conflict" });
    expect((await files()).filter((name) => name.startsWith(uploadId))).toEqual([]);
    expect(await database.db.firmwareArtifact.count({ where: { sha256: hashOf(content) } })).toBe(0);
  });
});

describe("what nobody came back for", () => {
  const later = () => new Date(Date.now() + 25 * HOUR_MS);
  const dayOld = new Date(Date.now() - 25 * HOUR_MS);

  test("is forgotten after a day: uploads, files without a version, files without a row; the rest stays", async () => {
    const { db } = database;
    await sweepStore(db, later());
    const used = (await send(program(2_000))).artifact!.sha256;
    await db.firmwareVersion.create({
      data: {
        name: "In use",
        version: "1.0.0",
        versionKey: "x",
        deviceType: "gate",
        releaseDate: new Date("2026-01-01"),
        artifactSha256: used,
      },
    });
    const unused = (await send(program(2_000))).artifact!.sha256;
    const { uploadId } = await start(5_000);
    await append(uploadId, 0, inChunks(program(100)));
    const stray = ["c".repeat(64) + ".bin", `${crypto.randomUUID()}.part`];
    const young = `${"d".repeat(64)}.bin`;
    await Promise.all([...stray, young, "notes.txt"].map((name) => writeFile(path.join(folder, name), "x")));
    await Promise.all([...stray, "notes.txt"].map((name) => utimes(path.join(folder, name), dayOld, dayOld)));

    expect(await sweepStore(db, new Date())).toBe(2);
    expect(await files()).toEqual([`${used}.bin`, `${unused}.bin`, `${uploadId}.part`, young, "notes.txt"].sort());
    // Two uploads that are done, one that is not, the file that no version has; the young stray is old by then, too.
    expect(await sweepStore(db, later())).toBe(5);
    expect(await files()).toEqual([`${used}.bin`, "notes.txt"].sort());
    expect(await db.firmwareUpload.count()).toBe(0);
    expect((await db.firmwareArtifact.findMany()).map(({ sha256 }) => sha256)).toEqual([used]);
  });

  test("is not forgotten when it has just been sent again", async () => {
    const content = program(2_000);
    await send(content);
    await database.db.firmwareArtifact.updateMany({ where: { sha256: hashOf(content) }, data: { createdAt: dayOld } });
    await database.db.firmwareUpload.deleteMany({});
    const [sent] = await Promise.all([send(content), sweepStore(database.db, new Date())]);
    expect(sent.artifact?.sha256).toBe(hashOf(content));
    expect(await database.db.firmwareArtifact.count({ where: { sha256: hashOf(content) } })).toBe(1);
    expect(hashOf(await readFile(path.join(folder, `${hashOf(content)}.bin`)))).toBe(hashOf(content));
  });
});
