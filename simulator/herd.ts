import type { BackOff } from "./back-off";
import type { FaultLevel } from "./behaviour/faults";
import { ConnectGate } from "./connect-gate";
import type { DeviceIdentity } from "./device-identity";
import type { FirmwareMemory } from "./firmware/firmware-memory";
import type { UpdateFaultShares } from "./firmware/update-faults";
import { emptyTally, tallyLine, type HerdTally } from "./herd-tally";
import { seededRandom } from "./random";
import { VirtualDevice } from "./virtual-device";

const CONCURRENT_CONNECTS = 50;
const STARTS_PER_SECOND = 100;
const STATS_EVERY_MS = 10_000;

export interface HerdOptions {
  devices: readonly DeviceIdentity[];
  /** Broker, for example `mqtt://localhost:1883`; a device's own `url` comes first. */
  url: string;
  /** Heartbeat interval until the server sets another one. */
  intervalSeconds?: number;
  /** How much faster than the wall clock batteries, sun and faults run; heartbeats stay on the wall clock. */
  speedUp?: number;
  /** Same seed, same herd. */
  seed?: number;
  faults?: FaultLevel;
  /** What goes wrong with firmware updates, and how often. */
  updateFaults?: UpdateFaultShares;
  /** Remembers what the devices run. */
  memory?: FirmwareMemory;
  /** Takes a line of statistics every 10 s. */
  log?: (line: string) => void;
  backOff?: BackOff;
}

export interface Herd {
  /** Says goodbye with every device and disconnects. */
  stop(): Promise<void>;
  stats(): HerdTally;
}

/** Starts virtual devices, a few at a time at random moments, as a barn does when the power returns. */
export function startHerd(options: HerdOptions): Herd {
  const {
    devices,
    url,
    intervalSeconds = 30,
    speedUp = 1,
    seed = 1,
    faults = "normal",
    updateFaults,
    memory,
    log = () => undefined,
    backOff,
  } = options;
  const tally = emptyTally(devices.length);
  const gate = new ConnectGate(CONCURRENT_CONNECTS);
  const random = seededRandom(`${seed}:herd`);
  const rampMs = Math.min(intervalSeconds, Math.max(1, devices.length / STARTS_PER_SECOND)) * 1000;

  const herd = devices.map((identity) => {
    const { deviceId } = identity;
    const device = new VirtualDevice({
      identity,
      url,
      intervalSeconds,
      speedUp,
      seed,
      faults,
      updateFaults,
      installed: memory?.imageOf(deviceId),
      onInstalled: (image) => memory?.keep(deviceId, image),
      gate,
      tally,
      backOff,
    });
    return { device, startTimer: setTimeout(() => device.start(), random.between(0, rampMs)) };
  });
  const statsTimer = setInterval(() => log(tallyLine(tally)), STATS_EVERY_MS);

  return {
    stats: () => ({ ...tally }),
    async stop() {
      clearInterval(statsTimer);
      for (const { startTimer } of herd) clearTimeout(startTimer);
      await Promise.all(herd.map(({ device }) => device.stop()));
      await memory?.flush();
      log(tallyLine(tally));
    },
  };
}
