import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";

const SHA256 = /^[0-9a-f]{64}$/;

/** The folder with the imported files; every web process needs the same one. */
function folder(): string {
  return path.resolve(env().DATA_DIR, "imports");
}

// Paths are made of hashes and ids alone: what a client calls its file never comes near one.
function filePath(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error("not a SHA-256");
  return path.join(folder(), `${sha256}.csv`);
}

/**
 * Writes a file as it comes and gives it its hash as a name once it is complete. `look` sees each piece before it is
 * written, then that there are no more; what it throws ends the transfer, and nothing is kept.
 */
export async function keepFile(
  chunks: AsyncIterable<Uint8Array>,
  look: { push(chunk: Uint8Array): void; end(): void },
): Promise<{ sha256: string; sizeBytes: number }> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const part = path.join(folder(), `${randomUUID()}.part`);
  const file = await open(part, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const chunk of chunks) {
      look.push(chunk);
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      await file.writeFile(chunk);
    }
    look.end();
    await file.sync();
    await file.close();
    const sha256 = hash.digest("hex");
    await rename(part, filePath(sha256));
    return { sha256, sizeBytes };
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlinkIfThere(part);
    throw (error as NodeJS.ErrnoException).code === "ENOSPC"
      ? new AppError("unavailable", "There is no room left for this file on the server’s disk. Tell whoever runs it.")
      : error;
  }
}

/** The bytes of a kept file, piece by piece. Fails when it is gone. */
export function readKeptFile(sha256: string): AsyncIterable<Uint8Array> {
  return createReadStream(filePath(sha256));
}

export async function dropFile(sha256: string): Promise<void> {
  await unlinkIfThere(filePath(sha256));
}

/** Hashes of kept files that were last written before a time; what was left half-way is removed. */
export async function keptFilesBefore(time: Date): Promise<string[]> {
  const names = await readdir(folder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const old = await Promise.all(
    names.map(async (name) => {
      const found = await stat(path.join(folder(), name)).catch(() => undefined);
      return found && found.mtime < time ? name : undefined;
    }),
  );
  const settled = old.filter((name) => name !== undefined);
  await Promise.all(settled.filter((name) => name.endsWith(".part")).map((name) => unlinkIfThere(path.join(folder(), name))));
  return settled.flatMap((name) => (name.endsWith(".csv") && SHA256.test(name.slice(0, -4)) ? [name.slice(0, -4)] : []));
}

async function unlinkIfThere(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
