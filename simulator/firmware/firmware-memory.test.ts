import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startHerd, type Herd } from "../herd";
import { TestBroker } from "../test-broker";
import { FirmwareServer } from "../test-firmware-server";
import { eventually } from "../test-bench";
import { UsageError } from "../usage-error";
import { FirmwareMemory } from "./firmware-memory";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-memory-"));
  file = path.join(folder, "state.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("keeps what devices run, and begins empty", async () => {
  const memory = await FirmwareMemory.open(file);
  expect(memory.imageOf("MM001")).toBeUndefined();
  memory.keep("MM001", { version: "9.0.0", sequence: 5, sha256: "ab" });
  memory.keep("MM002", { version: "1.0.0", sequence: 0, sha256: undefined });
  await memory.flush();
  const again = await FirmwareMemory.open(file);
  expect([again.imageOf("MM001"), again.imageOf("MM002")]).toEqual([
    { version: "9.0.0", sequence: 5, sha256: "ab" },
    { version: "1.0.0", sequence: 0, sha256: undefined },
  ]);
});

test.each(["no json", "[]", '{"MM001":{"version":1}}'])("refuses a file with %s", async (content) => {
  await writeFile(file, content);
  await expect(FirmwareMemory.open(file)).rejects.toThrow(UsageError);
});

test("a herd that is started again runs what it ran before", async () => {
  const broker = await TestBroker.start();
  const server = await FirmwareServer.start();
  const herds: Herd[] = [];
  const start = async () => {
    const memory = await FirmwareMemory.open(file);
    const devices = [{ deviceId: "MM001", type: "milk_meter" as const, password: "p", powerSource: "mains" as const }];
    const backOff = { firstMs: 20, lastMs: 100, stableMs: 60_000 };
    const herd = startHerd({ devices, url: broker.url, intervalSeconds: 0.1, speedUp: 100, faults: "none", backOff, memory });
    herds.push(herd);
    return herd;
  };
  const versions = () => broker.heartbeats("MM001").map(({ firmwareVersion }) => firmwareVersion);
  try {
    const first = await start();
    await eventually(() => expect(versions().length).toBeGreaterThan(0));
    await broker.command("MM001", "firmware_update", { ...(await server.order()) });
    await eventually(() => expect(first.stats().updatesCompleted).toBe(1));
    await first.stop();
    const before = versions().length;
    await start();
    await eventually(() => expect(versions().length).toBeGreaterThan(before));
    expect(versions().at(-1)).toBe("9.0.0");
  } finally {
    await Promise.all(herds.map((herd) => herd.stop()));
    await broker.stop();
    await server.stop();
  }
});
