import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { getHealthHistory } from "@/server/services/health/get-health-history";
import { actorWith, contextOf } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { seedDemo } from "./seed-demo";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-demo-"));
const database = useTestDatabase();
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

test("the demo's devices have three months behind them, with gaps, but for the one that never connected", async () => {
  const now = new Date();
  await seedDemo(database.db, now, dataFolder);
  const history = async (deviceId: string, range: string) =>
    (await getHealthHistory({ ctx: contextOf(database.db, actorWith("admin"), now), input: { deviceId, range } })).points;
  const quarter = await history("AC001", "90d");
  const known = quarter.flatMap(({ battery }) => battery ?? []);
  expect(known.length).toBeGreaterThan(70);
  for (const battery of known) expect(battery).toSatisfy((level: number) => level > 0 && level <= 100);
  const all = await Promise.all(["AC001", "AC002", "AC003", "AC004", "WD001", "WD002", "MM001", "MM002"].map((id) => history(id, "90d")));
  expect(all.flat().some(({ messages }) => messages === 0)).toBe(true);
  expect((await history("MM001", "7d")).filter(({ messages }) => messages > 0).length).toBeGreaterThan(120);
  expect((await history("MM001", "7d")).every(({ battery, signal }) => battery === null && signal === null)).toBe(true);
  expect((await history("EN004", "90d")).every(({ messages }) => messages === 0)).toBe(true);
  expect((await history("TS002", "24h")).slice(-4).every(({ messages }) => messages === 0)).toBe(true);
});
