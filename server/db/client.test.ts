import { expect, inject, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();

// The embedded database has one session with settings of its own, and compiles nothing.
test.skipIf(inject("databaseSource").kind === "embedded")("statements are not compiled, and large joins stay in memory", async () => {
  const settings = await database.db.$queryRaw<{ name: string; setting: string }[]>`
    SELECT name, setting FROM pg_settings WHERE name IN ('jit', 'work_mem') ORDER BY name`;
  expect(settings.map(({ setting }) => setting)).toEqual(["off", "16384"]);
});
