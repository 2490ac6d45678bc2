import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { testFarm } from "../builders";
import { loadImport } from "../import-load";
import { ImportDesk, importer } from "../imports";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-imports-"));
process.env.DATA_DIR = dataFolder;
const database = useTestDatabase();
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

test("100,000 rows: memory stays flat and others are answered meanwhile", { timeout: 900_000 }, async () => {
  const farm = await testFarm(database.db);
  const load = await loadImport(new ImportDesk(database.db, await importer(database.db, "farm_manager", farm.id)), farm.id, 100_000);
  expect(load.created).toBe(100_000);
  expect(load.heldMb).toBeLessThan(60);
  expect(load.othersMs.count).toBeGreaterThan(100);
  expect(load.othersMs.p95).toBeLessThan(1_000);
  expect(load.longestPauseMs).toBeLessThan(1_000);
});
