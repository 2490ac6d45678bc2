import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { unpackBackup } from "./backup-archive";
import { lockDataFolder } from "./data-lock";
import { dataFolderOf } from "./installation-database";

// `npm run restore -- file [--force]`: puts a backup into the data folder. Nothing is touched before every checksum fits.
try {
  const { positionals, values: flags } = parseArgs({ allowPositionals: true, options: { force: { type: "boolean", default: false } } });
  const [file] = positionals;
  if (!file) throw new Error("Name the file: npm run restore -- backups/smart-dairy-….tar.gz");
  if (process.env.DATABASE_URL)
    throw new Error("DATABASE_URL is set: this is for the embedded database. docs/operations.md says how to restore PostgreSQL.");
  const dataFolder = dataFolderOf(process.env);
  if (!flags.force) await requireEmpty(dataFolder);
  // Beside the folder: the same file system, so that it takes its place by a rename.
  const staging = `${dataFolder}.restoring-${process.pid}`;
  try {
    const { createdAt, files } = await unpackBackup(path.resolve(file), staging);
    const former = await takePlace(dataFolder, staging, flags.force);
    console.log(`Restored ${files.length} files of ${createdAt} to ${dataFolder}. Start the product as always.`);
    if (former) console.log(`What was there is in ${former}; remove it when you are sure.`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns where the former content is, if there was any */
async function takePlace(dataFolder: string, staging: string, force: boolean): Promise<string | undefined> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  // Nobody starts on it, or works on it, meanwhile.
  const lock = await lockDataFolder(dataFolder);
  try {
    if (!force) await requireEmpty(dataFolder);
    const former = `${dataFolder}.before-restore-${new Date().toISOString().replace(/[:.]/g, "-")}`;
    await rename(dataFolder, former);
    await rename(staging, dataFolder);
    await rm(path.join(former, "lock"), { force: true });
    if ((await readdir(former)).length > 0) return former;
    await rm(former, { recursive: true });
    return undefined;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function requireEmpty(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (names.some((name) => !/^lock(\.|$)/.test(name)))
    throw new Error(`${dataFolder} is not empty. Set DATA_DIR to an empty folder, or say --force: what is there is then moved aside.`);
}
