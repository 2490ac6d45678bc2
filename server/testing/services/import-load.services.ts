import { expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { loadImport } from "../import-load";
import { useImportDesk } from "../imports";

const database = useTestDatabase();
const { farm, desk } = useImportDesk(database, "farm_manager");

test("100,000 rows: memory stays flat and others are answered meanwhile", { timeout: 900_000 }, async () => {
  const load = await loadImport(desk, farm.id, 100_000);
  expect(load.created).toBe(100_000);
  expect(load.heldMb).toBeLessThan(60);
  expect(load.othersMs.count).toBeGreaterThan(100);
  expect(load.othersMs.p95).toBeLessThan(1_000);
  expect(load.longestPauseMs).toBeLessThan(1_000);
});
