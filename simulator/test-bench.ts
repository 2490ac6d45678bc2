import { vi } from "vitest";
import type { TrustedKeys } from "@/server/domain/firmware/trusted-keys";
import { ConnectGate } from "./connect-gate";
import type { UpdateFaultShares } from "./firmware/update-faults";
import { emptyTally, type HerdTally } from "./herd-tally";
import { TestBroker } from "./test-broker";
import { VirtualDevice } from "./virtual-device";

export const DEVICE_ID = "MM001";

interface TestDevice {
  url?: string;
  deviceId?: string;
  intervalSeconds?: number;
  firmwareKeys?: TrustedKeys;
  updateFaults?: UpdateFaultShares;
}

const QUICK = { firstMs: 20, lastMs: 100, stableMs: 60_000 };

/** A broker and the virtual devices of one test. */
export class TestBench {
  private readonly devices: VirtualDevice[] = [];

  private constructor(readonly broker: TestBroker) {}

  static async start(): Promise<TestBench> {
    return new TestBench(await TestBroker.start());
  }

  /** Switches on a milk meter without faults, its world a hundred times as fast. */
  device({ url = this.broker.url, deviceId = DEVICE_ID, intervalSeconds = 0.1, firmwareKeys, updateFaults }: TestDevice = {}): {
    virtual: VirtualDevice;
    tally: HerdTally;
  } {
    const tally = emptyTally(1);
    const virtual = new VirtualDevice({
      identity: {
        deviceId,
        type: "milk_meter",
        password: "p",
        powerSource: "mains",
        manufacturer: "Lactoflow",
        model: "LF-200",
        firmwareKeys,
      },
      url,
      intervalSeconds,
      speedUp: 100,
      seed: 1,
      faults: "none",
      updateFaults,
      gate: new ConnectGate(10),
      tally,
      backOff: QUICK,
    });
    this.devices.push(virtual);
    virtual.start();
    return { virtual, tally };
  }

  async stop(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.stop()));
    await this.broker.stop();
  }
}

export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 8000, interval: 10 });
}
