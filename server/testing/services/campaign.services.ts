import { setTimeout as sleep } from "node:timers/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Product } from "@/e2e/product";
import { openDatabase, type Database } from "@/server/db/client";
import { socketUrl } from "@/server/db/embedded/serve";
import { buildIfStale } from "@/server/processes/build";
import { tickRollouts } from "@/server/services/rollouts/tick/tick-rollouts";
import type { Image } from "@/simulator/firmware/flash";
import type { FirmwareMemory } from "@/simulator/firmware/firmware-memory";
import { drawUpdateFault } from "@/simulator/firmware/update-faults";
import { startHerd, type Herd } from "@/simulator/herd";
import { seededRandom } from "@/simulator/random";
import { actorWith } from "../builders";
import { BadCable } from "../campaign/bad-cable";
import { BadRadio } from "../campaign/bad-radio";
import { childOf } from "../campaign/child-of";
import { CAMPAIGN_FAULTS, fateOf } from "../campaign/fates";
import { FORMER_VERSION, NEXT_VERSION, seedCampaign } from "../campaign/seed-campaign";
import { countStates, TEST_DELIVERY, testRollout } from "../rollouts";

const DEVICES = 1_000;
const SEED = 5;
const ENDED = ["completed", "failed", "rolled_back", "timed_out"];
const GATE = { successThreshold: 80, failureThreshold: 60, minimumSample: 10 };

let product: Product;
let db: Database;
let radio: BadRadio;
let cable: BadCable;
let herd: Herd | undefined;

beforeAll(async () => {
  await buildIfStale(() => undefined);
  cable = await BadCable.start(seededRandom(`${SEED}:cable`), 0.05);
  product = await Product.start({ settings: { PUBLIC_URL: cable.url, DATABASE_POOL_SIZE: "3", LOG_LEVEL: "error" } });
  cable.target = Number(new URL(product.url).port);
  const brokerPort = Number(new URL(product.mqttUrl).port);
  radio = await BadRadio.start({ brokerPort, random: seededRandom(`${SEED}:radio`), dropped: 0.05, disturbed: 0.02 });
  db = openDatabase({ url: socketUrl(path.join(product.dataFolder, "socket")), poolSize: 2 });
}, 600_000);

afterAll(async () => {
  await herd?.stop();
  radio?.stop();
  cable?.stop();
  await db?.$disconnect();
  await product?.remove();
}, 120_000);

/** Waits until a question to the database is answered as wanted, over its restarts. */
async function until<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
  what: string,
  seconds = 300,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1_000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await sleep(500);
  }
  throw new Error(`${what}: not within ${seconds} s; last ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

/** What a device has flashed, and how often. */
class Installs {
  readonly byDevice = new Map<string, number>();

  imageOf(): Image {
    return { version: FORMER_VERSION, sequence: 1, sha256: undefined };
  }

  keep(deviceId: string, { version }: Image): void {
    if (version === NEXT_VERSION) this.byDevice.set(deviceId, (this.byDevice.get(deviceId) ?? 0) + 1);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }
}

test("a thousand devices over bad connections, with everything restarted once: each ends as it has to, the healthy ones updated once", async () => {
  const { firmwareId, herd: devices } = await seedCampaign(db, { devices: DEVICES, dataFolder: product.dataFolder });
  const installs = new Installs();
  herd = startHerd({
    devices,
    url: radio.url,
    intervalSeconds: 30,
    speedUp: 100,
    seed: SEED,
    faults: "none",
    updateFaults: CAMPAIGN_FAULTS,
    memory: installs as unknown as FirmwareMemory,
    backOff: { firstMs: 500, lastMs: 5_000, stableMs: 10_000 },
  });
  const reporting = () => db.deviceState.count({ where: { firmwareVersion: FORMER_VERSION, device: { lifecycle: "active" } } });
  await until(reporting, (count) => count === DEVICES, "the devices report");

  const id = await testRollout(db, actorWith("admin"), {
    firmwareId,
    now: new Date(),
    stages: [5, 25, 100].map((upTo, index) => ({ ...GATE, name: `Stage ${index + 1}`, size: { kind: "percent", upTo } })),
    policy: { maxInFlight: 150, respectMilking: false },
  });
  const states = () => countStates(db, id);
  const ended = (counts: Awaited<ReturnType<typeof states>>) =>
    Object.entries(counts).reduce((sum, [state, count]) => sum + (ENDED.includes(state) ? count : 0), 0);
  const began = Date.now();
  const mishap = async (share: number, part: Parameters<typeof childOf>[1], signal: NodeJS.Signals) => {
    await until(states, (counts) => ended(counts) >= DEVICES * share, `${share * 100} % have ended`);
    process.kill(await childOf(product.pid!, part), signal);
  };
  await mishap(0.1, "broker", "SIGTERM");
  await mishap(0.3, "worker", "SIGKILL");
  await mishap(0.5, "database", "SIGTERM");

  const fates = new Map(
    devices.map(({ deviceId }) => {
      const fault = drawUpdateFault(CAMPAIGN_FAULTS, { seed: SEED, deviceId, version: NEXT_VERSION, attempt: 1 });
      return [deviceId, { fault, ...fateOf(fault) }];
    }),
  );
  const silent = [...fates.values()].filter(({ state }) => state === "timed_out").length;
  await until(states, (counts) => ended(counts) === DEVICES - silent, "all but the silent ones have ended");
  const seconds = Math.round((Date.now() - began) / 1_000);
  // Silence is judged by the clock, which is passed in: hours later, the same engine.
  await tickRollouts(db, new Date(Date.now() + 6 * 3_600_000), TEST_DELIVERY);

  const targets = await db.rolloutTarget.findMany({ where: { rolloutId: id }, include: { device: { include: { state: true } } } });
  const outcome = targets.map(({ device, state, failureCode, attempt }) => [device.deviceId, state, failureCode, attempt].join(" ")).sort();
  expect(outcome).toEqual([...fates].map(([deviceId, { state, code }]) => [deviceId, state, code, 1].join(" ")).sort());
  const healthy = devices.map(({ deviceId }) => deviceId).filter((deviceId) => fates.get(deviceId)?.state === "completed");
  expect([...installs.byDevice].sort()).toEqual(healthy.map((deviceId) => [deviceId, 1]).sort());
  const completions = await db.rolloutLog.groupBy({ by: ["targetId"], where: { rolloutId: id, state: "completed" }, _count: true });
  expect(completions.filter(({ _count }) => _count !== 1)).toEqual([]);
  expect(completions).toHaveLength(healthy.length);

  const tally = herd.stats();
  expect(radio.counts.dropped).toBeGreaterThan(DEVICES * 0.03);
  expect(radio.counts.doubled).toBeGreaterThan(100);
  expect(radio.counts.overtaken).toBeGreaterThan(100);
  expect(cable.counts.cut).toBeGreaterThan(10);
  process.stdout.write(
    [
      `${healthy.length} of ${healthy.length} healthy devices updated once, ${DEVICES - healthy.length} faulty ones ended as they had to, in ${seconds} s;`,
      `${radio.counts.dropped} connections dropped, ${radio.counts.doubled} messages doubled, ${radio.counts.overtaken} overtaken,`,
      `${cable.counts.cut} downloads cut, ${tally.restarts} restarts, ${tally.commandsRepeated} commands repeated\n`,
    ].join(" "),
  );
}, 900_000);
