import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Makes sure that one supervisor uses a data folder: two would destroy the embedded database. A lock left by a dead
 * process is taken over; one of a living process never is, however old.
 * @throws Error naming the process that holds it
 */
export async function lockDataFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const file = path.join(folder, "lock");
  for (;;) {
    try {
      const handle = await open(file, "wx", 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    if (holder > 0 && holder !== process.pid && isAlive(holder)) {
      throw new Error(`Smart Dairy is already running on ${folder} (process ${holder}). Stop it first, or set DATA_DIR to another folder.`);
    }
    await rm(file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
