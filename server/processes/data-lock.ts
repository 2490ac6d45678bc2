import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** The folder belongs to a process that lives. */
export class DataFolderInUse extends Error {}

/**
 * Makes sure that one supervisor uses a data folder: two would destroy the embedded database. A lock left by a dead
 * process is taken over; one of a living process never is, however old. The lock appears with its content (link), and
 * leaves by a rename that is checked: two starters that find the same dead lock cannot both win.
 * @throws DataFolderInUse naming the process that holds it
 */
export async function lockDataFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const file = path.join(folder, "lock");
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid), { mode: 0o600 });
  try {
    while (!(await appears(mine, file))) {
      const content = await readFile(file, "utf8").catch(() => "");
      const holder = Number(content);
      if (holder > 0 && holder !== process.pid && isAlive(holder)) {
        throw new DataFolderInUse(
          `Smart Dairy is already running on ${folder} (process ${holder}). Stop it first, or set DATA_DIR to another folder.`,
        );
      }
      await removeDead(file, content);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { release: () => rm(file, { force: true }) };
}

async function appears(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Takes the lock away if it is still the dead one; the lock of another starter who was faster is put back. */
async function removeDead(file: string, content: string): Promise<void> {
  const aside = `${file}.${process.pid}.dead`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== content) await appears(aside, file);
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
