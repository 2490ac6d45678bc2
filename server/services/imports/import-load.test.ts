import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { loadImport } from "@/server/testing/import-load";
import { ImportDesk, importer } from "@/server/testing/imports";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-imports-"));
process.env.DATA_DIR = dataFolder;
const database = useTestDatabase();
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

// The embedded database runs in this very process here, and counts too. 100,000 rows on a server: server/testing/services/import-load.services.ts.
test("5,000 rows: memory stays flat and others are answered meanwhile", { timeout: 240_000 }, async () => {
  const farm = await testFarm(database.db);
  const load = await loadImport(new ImportDesk(database.db, await importer(database.db, "farm_manager", farm.id)), farm.id, 5_000);
  expect(load.created).toBe(5_000);
  expect(load.heldMb).toBeLessThan(40);
  // How quickly they are answered depends on who else is on the machine; that they are, does not.
  expect(load.othersMs.count).toBeGreaterThan(10);
});
