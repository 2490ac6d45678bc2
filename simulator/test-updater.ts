import { expect, vi } from "vitest";
import { factoryImage, flashWith, type Flash, type UpdateReport } from "./firmware/flash";
import { UpdateAgent } from "./firmware/update-agent";
import { drawBuildFault, type UpdateFault } from "./firmware/update-faults";
import { seededRandom } from "./random";
import type { FirmwareServer } from "./test-firmware-server";

/** What the device runs as it leaves the works. */
export const OLD = "3.4.1";

const QUICK = { firstMs: 1, lastMs: 5, stableMs: 60_000 };

export interface UpdaterBenchOptions {
  fault?: UpdateFault;
  seed?: number;
  chargePercent?: number;
  speedUp?: number;
  model?: string;
  keys?: Flash["keys"];
  /** The power is cut at the n-th write or message, and at each following number after that. */
  cuts?: number[];
  reachesServer?: boolean;
  /** Whether a message is acknowledged. */
  acknowledges?: () => boolean;
}

/** A device reduced to its flash, its updater and its power switch. */
export class UpdaterBench {
  readonly flash: Flash;
  readonly agent: UpdateAgent;
  readonly reports: UpdateReport[] = [];
  readonly boots: string[] = [];
  isDead = false;
  private cuts: number[];
  private moments = 0;

  constructor(
    server: FirmwareServer,
    {
      fault,
      seed = 1,
      speedUp = 1000,
      chargePercent,
      model,
      keys = server.published.keys,
      cuts = [],
      reachesServer = true,
      acknowledges = () => true,
    }: UpdaterBenchOptions = {},
  ) {
    this.flash = flashWith(factoryImage(OLD), keys);
    this.cuts = [...cuts];
    this.agent = new UpdateAgent({
      flash: this.flash,
      hardware: { deviceId: "MM001", type: "milk_meter", manufacturer: "Lactoflow", model },
      chargePercent: () => chargePercent,
      deviceNowMs: () => Date.now(),
      speedUp,
      random: seededRandom(`${seed}`),
      backOff: QUICK,
      drawFault: () => fault,
      drawBuildFault: (label) => drawBuildFault(label, { seed: 1, deviceId: "MM001" }),
      send: async (payload) => {
        this.moment();
        await Promise.resolve();
        if (!acknowledges()) return false;
        this.reports.push(JSON.parse(payload) as UpdateReport);
        return true;
      },
      reached: () => (reachesServer ? Promise.resolve() : Promise.reject(new Error("no network"))),
      reboot: (reason) => this.restart(reason),
      cutPower: () => this.restart("power_on"),
      die: () => {
        this.isDead = true;
        this.agent.halt();
      },
      onWrite: () => this.moment(),
    });
    this.agent.powerOn();
  }

  get states(): string[] {
    return this.reports.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
  }

  /** Until the device has nothing left to do. */
  async settled(): Promise<void> {
    await vi.waitFor(() => expect(this.isDead || this.flash.update?.step === "ended").toBe(true), { timeout: 8_000, interval: 2 });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  private moment(): void {
    this.moments += 1;
    if (this.moments !== this.cuts[0]) return;
    this.cuts.shift();
    this.moments = 0;
    this.restart("power_on");
  }

  private restart(reason: string): void {
    this.agent.halt();
    setTimeout(() => {
      this.boots.push(reason);
      this.agent.powerOn();
    }, 1);
  }
}
