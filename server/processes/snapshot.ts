import { constants, type Dirent } from "node:fs";
import { copyFile, cp, link, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** Single files of an installation: its secrets, and what the demo's herd knows. */
const FILES = ["secrets.json", "herd.json", "herd-state.json"];
/** Folders of files that are named after their content and never change, and what such a name looks like. */
const STORES: Record<string, RegExp> = { firmware: /^[0-9a-f]{64}\.bin$/, imports: /^[0-9a-f]{64}\.csv$/ };
export const CLUSTER = "postgres";
const PREFIX = "snapshot-";

/**
 * Copies what makes an installation into `target`. Only while nobody writes to the database's files. Stored files are
 * linked, not copied, where the file system can; uploads that are under way are left out and begin again.
 */
export async function snapshotInto(dataFolder: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  // Clones where the file system can (no time, no room), copies where it cannot.
  await cp(path.join(dataFolder, CLUSTER), path.join(target, CLUSTER), { recursive: true, mode: constants.COPYFILE_FICLONE });
  for (const [store, name] of Object.entries(STORES)) {
    const entries = await entriesOf(path.join(dataFolder, store));
    const files = entries.filter((entry) => entry.isFile() && name.test(entry.name));
    if (files.length > 0) await mkdir(path.join(target, store), { mode: 0o700 });
    for (const file of files) await linkOrCopy(path.join(dataFolder, store, file.name), path.join(target, store, file.name));
  }
  const present = new Set((await entriesOf(dataFolder)).map((entry) => entry.name));
  for (const file of FILES.filter((file) => present.has(file))) await copyFile(path.join(dataFolder, file), path.join(target, file));
}

/** Where a snapshot of a data folder is put: inside it, so that files can be linked. */
export function newSnapshotFolder(dataFolder: string): string {
  return path.join(dataFolder, `${PREFIX}${Date.now()}-${process.pid}`);
}

/** Removes snapshots that a command left when it was killed. Only when no backup can be under way. */
export async function removeSnapshots(dataFolder: string): Promise<void> {
  const left = (await entriesOf(dataFolder)).filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX));
  for (const { name } of left) await rm(path.join(dataFolder, name), { recursive: true, force: true });
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
