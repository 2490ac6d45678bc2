import { expect, test } from "vitest";
import { PROTOCOL_BACK_OFF, reconnectDelayMs } from "./back-off";
import { seededRandom } from "./random";

test.each([
  [0, 1000],
  [1, 2000],
  [5, 32_000],
  [8, 256_000],
  [9, 300_000],
  [1000, 300_000],
])("after %i failures the wait fills 0 … %i ms", (failures, ceilingMs) => {
  const random = seededRandom("jitter");
  const waits = Array.from({ length: 2000 }, () => reconnectDelayMs(failures, random, PROTOCOL_BACK_OFF));
  expect(Math.max(...waits)).toBeLessThanOrEqual(ceilingMs);
  expect(Math.max(...waits)).toBeGreaterThan(ceilingMs * 0.98);
  expect(Math.min(...waits)).toBeLessThan(ceilingMs * 0.02);
});
