import { expect, test } from "vitest";
import { useTestDatabase } from "../database";
import { foretell } from "../simulated-day/oracle";
import { playDay } from "../simulated-day/play-day";
import { differencesOf, lackingIn } from "../simulated-day/script";
import { writeDay } from "../simulated-day/write-day";

const database = useTestDatabase();

test("a day of 5,000 devices brings the alerts that the oracle foretells: none missing, none twice, none stuck", async () => {
  // The day on which the farms' clocks go forward.
  const script = writeDay({ seed: 2026, start: new Date("2026-03-28T23:00:00Z"), devices: 5_000, hours: 24 });
  const foretold = foretell(script);
  expect(lackingIn(foretold, 10)).toEqual([]);
  expect(differencesOf(foretold, await playDay(database.db, script))).toEqual({ missing: [], unforetold: [] });
}, 600_000);
