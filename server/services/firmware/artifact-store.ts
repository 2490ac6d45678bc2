import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { chmod, type FileHandle, mkdir, open, readdir, rename, stat, statfs, unlink } from "node:fs/promises";
import path from "node:path";
import { FORMAT_HEAD_BYTES } from "@/server/domain/firmware/file-format";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";

/** What a part file holds once its bytes have arrived. */
export interface ReceivedFile {
  sizeBytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** The first {@link FORMAT_HEAD_BYTES} bytes. */
  head: Uint8Array;
}

const REREAD_BYTES = 1_048_576;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** The folder with the firmware files, each `<sha256>.bin`; every web process needs the same one. */
export function artifactFolder(): string {
  return path.resolve(env().DATA_DIR, "firmware");
}

// Paths are made of ids and hashes alone: what a client calls its file never comes near one.
function partPath(id: string): string {
  if (!ID.test(id)) throw new Error("not the id of an upload");
  return path.join(artifactFolder(), `${id}.part`);
}

function artifactPath(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error("not a SHA-256");
  return path.join(artifactFolder(), `${sha256}.bin`);
}

/** @throws unavailable when the disk would be full with so many bytes more */
export async function requireRoomFor(sizeBytes: number): Promise<void> {
  await mkdir(artifactFolder(), { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(artifactFolder());
  if (bavail * bsize < sizeBytes) throw noRoom();
}

/** How many bytes of an upload have arrived. */
export async function partSize(id: string): Promise<number> {
  return (await statOrNull(partPath(id)))?.size ?? 0;
}

export interface Append {
  id: string;
  /** How many bytes there must be already. */
  offset: number;
  /** More than these in all are refused. */
  maxBytes: number;
  chunks: AsyncIterable<Uint8Array>;
  /** Called after each write with the bytes so far; what it throws ends the transfer. */
  onProgress: (receivedBytes: number) => Promise<void> | void;
}

/**
 * Writes bytes to the end of an upload and hashes them as they come: nothing larger than a chunk is held. After a break
 * what is there already is read once for its hash. When the source fails, what has arrived stays for the next try.
 * @throws conflict when the upload has another length than `offset`, invalid_input when it would become too long
 */
export async function appendToPart({ id, offset, maxBytes, chunks, onProgress }: Append): Promise<ReceivedFile> {
  await mkdir(artifactFolder(), { recursive: true, mode: 0o700 });
  const file = await open(partPath(id), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const { size } = await file.stat();
    if (size !== offset) throw new AppError("conflict", `${size} bytes have arrived; go on from there.`);
    const running = new RunningFile();
    await readInto(running, file, size);
    for await (const chunk of chunks) {
      if (running.sizeBytes + chunk.byteLength > maxBytes) throw tooLong(maxBytes);
      await writeFully(file, chunk, running.sizeBytes);
      running.add(chunk);
      await onProgress(running.sizeBytes);
    }
    await file.sync();
    return running.result();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? noRoom() : error;
  } finally {
    await file.close();
  }
}

class RunningFile {
  sizeBytes = 0;
  readonly #hash: Hash = createHash("sha256");
  #head = Buffer.alloc(0);

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.sizeBytes += chunk.byteLength;
    if (this.#head.length < FORMAT_HEAD_BYTES) this.#head = Buffer.concat([this.#head, chunk]).subarray(0, FORMAT_HEAD_BYTES);
  }

  result(): ReceivedFile {
    return { sizeBytes: this.sizeBytes, sha256: this.#hash.copy().digest("hex"), head: this.#head };
  }
}

async function readInto(running: RunningFile, file: FileHandle, size: number): Promise<void> {
  const buffer = Buffer.alloc(Math.min(REREAD_BYTES, size));
  while (running.sizeBytes < size) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - running.sizeBytes), running.sizeBytes);
    if (bytesRead === 0) throw new Error("an upload became shorter while it was read");
    running.add(buffer.subarray(0, bytesRead));
  }
}

async function writeFully(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < chunk.byteLength) {
    const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Gives a complete upload its lasting name, its hash, and makes the name survive a power cut. Called inside the
 * transaction that writes the artifact's row, and harmless when called again.
 */
export async function keepPart(id: string, sha256: string): Promise<void> {
  const [from, to] = [partPath(id), artifactPath(sha256)];
  if (!(await statOrNull(from)) && (await statOrNull(to))) return;
  await chmod(from, 0o400);
  await rename(from, to);
  // Windows opens no folders, and needs no telling.
  if (process.platform === "win32") return;
  const directory = await open(artifactFolder(), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Forgets an upload's bytes. */
export async function dropPart(id: string): Promise<void> {
  await unlinkIfThere(partPath(id));
}

/** Removes an artifact's file. Only while its row is locked for deletion in an open transaction, or there is none. */
export async function dropArtifact(sha256: string): Promise<void> {
  await unlinkIfThere(artifactPath(sha256));
}

/** Whether an artifact's file is where it belongs, in its full length. */
export async function hasArtifact({ sha256, sizeBytes }: { sha256: string; sizeBytes: number }): Promise<boolean> {
  return (await statOrNull(artifactPath(sha256)))?.size === sizeBytes;
}

export interface StoredFile {
  kind: "part" | "artifact";
  /** The upload's id, or the SHA-256. */
  key: string;
  changedAt: Date;
}

/** What is in the folder and was last written before a time. */
export async function storedFilesBefore(time: Date): Promise<StoredFile[]> {
  const names = await readdir(artifactFolder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const files = await Promise.all(
    names.map(async (name): Promise<StoredFile | undefined> => {
      const [key = "", extension] = name.split(".");
      const kind = extension === "part" && ID.test(key) ? "part" : extension === "bin" && SHA256.test(key) ? "artifact" : undefined;
      const found = kind && (await statOrNull(path.join(artifactFolder(), name)));
      return kind && found ? { kind, key, changedAt: found.mtime } : undefined;
    }),
  );
  return files.filter((file) => file !== undefined).filter(({ changedAt }) => changedAt < time);
}

async function statOrNull(file: string) {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

async function unlinkIfThere(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

function tooLong(maxBytes: number): AppError {
  return new AppError("invalid_input", `More than the ${maxBytes.toLocaleString("en")} bytes that were to come. Nothing was kept.`);
}

function noRoom(): AppError {
  return new AppError("unavailable", "There is no room left for this file on the server’s disk. Tell whoever runs it.");
}
