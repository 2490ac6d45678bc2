import { access, rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { packSnapshot } from "./backup-archive";
import { DataFolderInUse, lockDataFolder } from "./data-lock";
import { dataFolderOf } from "./installation-database";
import { readProductVersion } from "./product-version";
import { CLUSTER, newSnapshotFolder, removeSnapshots, snapshotInto } from "./snapshot";
import { requestSnapshot } from "./snapshot-server";

// `npm run backup [-- file]`: database, stored files and secrets of an embedded installation in one file, running or not.
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (process.env.DATABASE_URL)
    throw new Error("DATABASE_URL is set: this is for the embedded database. docs/operations.md says how to back up PostgreSQL.");
  const dataFolder = dataFolderOf(process.env);
  await access(path.join(dataFolder, CLUSTER)).catch(() => {
    throw new Error(`There is no installation in ${dataFolder}. Set DATA_DIR to its folder.`);
  });
  const file = path.resolve(positionals[0] ?? path.join("backups", `smart-dairy-${new Date().toISOString().replace(/[:.]/g, "-")}.tar.gz`));
  const snapshot = await takeSnapshot(dataFolder);
  try {
    const { files } = await packSnapshot(snapshot, file, await readProductVersion());
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    console.log(`Backed up ${files.length} files (${(bytes / 1_048_576).toFixed(1)} MiB) of ${dataFolder} to ${file}`);
    console.log("It holds the installation's secrets: keep it where only you can read it, and not on this machine alone.");
  } finally {
    await rm(snapshot, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** From the product when it runs; otherwise from the folder, which stays locked meanwhile. */
async function takeSnapshot(dataFolder: string): Promise<string> {
  let lock;
  try {
    lock = await lockDataFolder(dataFolder);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return requestSnapshot(path.join(dataFolder, "socket")).catch((cause: unknown) => {
      throw new Error(`The product runs on ${dataFolder} and could not be asked for a snapshot. Stop it, and try again.`, { cause });
    });
  }
  const folder = newSnapshotFolder(dataFolder);
  try {
    await removeSnapshots(dataFolder);
    await snapshotInto(dataFolder, folder);
    return folder;
  } finally {
    await lock.release();
  }
}
