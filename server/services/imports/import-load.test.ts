import { expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { loadImport } from "@/server/testing/import-load";
import { useImportDesk } from "@/server/testing/imports";

const database = useTestDatabase();
const { farm, desk } = useImportDesk(database, "farm_manager");

// The embedded database runs in this very process here, and counts too. 100,000 rows on a server: server/testing/services/import-load.services.ts.
test("5,000 rows: memory stays flat and others are answered meanwhile", { timeout: 240_000 }, async () => {
  const load = await loadImport(desk, farm.id, 5_000);
  expect(load.created).toBe(5_000);
  expect(load.heldMb).toBeLessThan(40);
  // How quickly they are answered depends on who else is on the machine; that they are, does not.
  expect(load.othersMs.count).toBeGreaterThan(10);
});
