import { expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { foretell } from "@/server/testing/simulated-day/oracle";
import { playDay } from "@/server/testing/simulated-day/play-day";
import { differencesOf, lackingIn } from "@/server/testing/simulated-day/script";
import { writeDay } from "@/server/testing/simulated-day/write-day";

const database = useTestDatabase();

test("six hours on three farms bring the alerts that the oracle foretells: none missing, none twice, none stuck", async () => {
  // In the night in which the farms' clocks go back.
  const script = writeDay({ seed: 92, start: new Date("2026-10-24T23:00:00Z"), devices: 300, hours: 6 });
  const foretold = foretell(script);
  expect(lackingIn(foretold, 3)).toEqual([]);
  expect(differencesOf(foretold, await playDay(database.db, script))).toEqual({ missing: [], unforetold: [] });
}, 120_000);
