import { randomUUID } from "node:crypto";
import type { Heartbeat } from "@/server/mqtt/payloads";
import type { UplinkChannel } from "@/server/mqtt/topics";
import type { DeviceProfile } from "./behaviour/profile";
import { vitalSigns, type World } from "./behaviour/world";
import type { DeviceLink } from "./device-link";
import type { UpdateAgent } from "./firmware/update-agent";

type RunningFirmware = Pick<UpdateAgent, "image" | "execution">;

/** From power-on to power-off: what a device has in that time and loses with the next restart. */
export class Boot {
  readonly link: DeviceLink;
  private readonly startedAtMs = Date.now();
  private seq = 0;
  private bytesTransmitted = 0;
  /** Reported until a heartbeat that carries it is acknowledged. */
  private restartReason: string | undefined;
  private isReporting = false;
  private markReached: () => void = () => undefined;
  private readonly hasReached = new Promise<void>((resolve) => (this.markReached = resolve));

  /** @param openLink makes the connection whose will names this boot */
  constructor(
    restartReason: string,
    openLink: (bootId: string) => DeviceLink,
    // Not from the seed: a second run must not repeat the boots of the first.
    private readonly id: string = randomUUID(),
  ) {
    this.restartReason = restartReason;
    this.link = openLink(this.id);
  }

  /** Publishes; true once the broker has acknowledged. */
  publish(channel: UplinkChannel, payload: string): Promise<boolean> {
    this.bytesTransmitted += Buffer.byteLength(payload);
    return this.link.publish(channel, payload);
  }

  /**
   * Sends a heartbeat unless the last one is still unacknowledged: while the broker is slow, the newest state is worth
   * more than a queue of old ones.
   * @returns how long the acknowledgement took, in milliseconds; `undefined` when there was none
   */
  async sendHeartbeat(world: World, profile: DeviceProfile, firmware: RunningFirmware): Promise<number | undefined> {
    if (!this.link.ready || this.isReporting) return undefined;
    this.isReporting = true;
    const startedMs = Date.now();
    const wasDelivered = await this.publish("status", JSON.stringify(this.heartbeat(world, profile, firmware)));
    this.isReporting = false;
    if (!wasDelivered) return undefined;
    this.restartReason = undefined;
    this.markReached();
    return Date.now() - startedMs;
  }

  /** Resolves once a heartbeat of this boot was acknowledged. @throws the signal's reason */
  reached(signal: AbortSignal): Promise<void> {
    return Promise.race([
      this.hasReached,
      new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true })),
    ]);
  }

  private heartbeat(world: World, profile: DeviceProfile, { image, execution }: RunningFirmware): Heartbeat {
    const nowMs = Date.now();
    return {
      ts: nowMs + profile.clockDriftMs,
      bootId: this.id,
      seq: this.seq++,
      firmwareVersion: image.version,
      execution,
      ...vitalSigns(world, profile),
      uptimeSeconds: Math.floor((nowMs - this.startedAtMs) / 1000),
      restartReason: this.restartReason,
      ssid: profile.ssid,
      connectionType: profile.connectionType,
      bytesTransmitted: this.bytesTransmitted,
    };
  }
}
