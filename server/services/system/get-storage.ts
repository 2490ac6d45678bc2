import type { StatsFs } from "node:fs";
import { readdir, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { env } from "@/server/env";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export const STORED_KINDS = ["database", "firmware", "imports", "backups", "other"] as const;
export type StoredKind = (typeof STORED_KINDS)[number];

export interface StorageView {
  /** Absolute, on the machine of the web process that answers. */
  folder: string;
  /** Of the file system that it lies on. */
  freeBytes: number;
  totalBytes: number;
  kinds: { kind: StoredKind; bytes: number; files: number }[];
}

/** Folders of DATA_DIR by what they hold; the rest of it is `other`. */
const FOLDERS: Record<string, StoredKind> = { postgres: "database", firmware: "firmware", imports: "imports" };

/** Where `npm run backup` writes unless it is told otherwise: beside the product, not inside its data. */
const BACKUPS = "backups";

/** What the data folder holds and how much room is left. @throws forbidden unless the caller is an admin */
export async function getStorage({ ctx }: { ctx: ServiceContext }): Promise<StorageView> {
  requireAdmin(ctx.actor);
  const folder = path.resolve(env().DATA_DIR);
  const kinds = new Map(STORED_KINDS.map((kind) => [kind, { bytes: 0, files: 0 }]));
  const add = (kind: StoredKind, { bytes, files }: { bytes: number; files: number }) => {
    const sum = kinds.get(kind)!;
    sum.bytes += bytes;
    sum.files += files;
  };
  for (const entry of await entriesOf(folder)) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) add(FOLDERS[entry.name] ?? "other", await measure(name));
    else if (entry.isFile()) add("other", { bytes: await sizeOf(name), files: 1 });
  }
  add("backups", await measure(path.resolve(BACKUPS)));
  const { bavail, blocks, bsize } = await fileSystemOf(folder);
  return {
    folder,
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    kinds: [...kinds].map(([kind, sum]) => ({ kind, ...sum })),
  };
}

async function measure(folder: string): Promise<{ bytes: number; files: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((entry) => sizeOf(path.join(entry.parentPath, entry.name))));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: files.length };
}

function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(absent);
}

/** What is deleted while we look counts no more. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Of a folder that nobody has written to yet, and so is not there, the one it will lie in. */
async function fileSystemOf(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    absent(error);
    return fileSystemOf(path.dirname(folder));
  }
}

function absent(error: unknown): never[] {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
  throw error;
}
