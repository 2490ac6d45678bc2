import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

/** Gives a test file an empty data folder of its own; the code under test finds it as DATA_DIR. */
export function useDataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "smart-dairy-data-"));
  process.env.DATA_DIR = folder;
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
