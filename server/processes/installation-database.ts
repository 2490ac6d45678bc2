import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { serveEmbeddedDatabase, socketFileOf, socketUrl } from "@/server/db/embedded/serve";
import { DataFolderInUse, lockDataFolder } from "./data-lock";
import { CLUSTER } from "./snapshot";

/**
 * For commands beside the product: runs `work` on the installation's database, whether it is an outside PostgreSQL, an
 * embedded one that is running (through its socket) or one that is stopped (opened for as long as the work takes).
 * @throws Error saying what to do when there is none
 */
export async function withInstallationDatabase<T>(
  { dataFolder, databaseUrl }: { dataFolder: string; databaseUrl: string | undefined },
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl) return work(databaseUrl);
  const cluster = path.join(dataFolder, CLUSTER);
  if (!(await exists(cluster)))
    throw new Error(`There is no database in ${dataFolder}. Set DATA_DIR to the folder of the installation, or DATABASE_URL.`);
  const runningSocket = path.join(dataFolder, "socket");
  const lock = await lockDataFolder(dataFolder).catch(async (error: unknown) => {
    const isRunning = error instanceof DataFolderInUse && (await exists(socketFileOf(runningSocket)));
    if (!isRunning) throw error;
    return undefined;
  });
  if (!lock) return work(socketUrl(runningSocket));
  const socketFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-"));
  try {
    const database = await serveEmbeddedDatabase({ dataFolder: cluster, socketFolder });
    try {
      return await work(database.url);
    } finally {
      await database.stop();
    }
  } finally {
    await rm(socketFolder, { recursive: true, force: true });
    await lock.release();
  }
}

/** The folder of the installation that a command is about. */
export function dataFolderOf(environment: NodeJS.ProcessEnv): string {
  return path.resolve(environment.DATA_DIR || ".data");
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
