import { PROTOCOL_BACK_OFF, type BackOff } from "./back-off";
import { drawDefect, LOST_CLOCK_MS, type Defect } from "./behaviour/defects";
import type { FaultLevel } from "./behaviour/faults";
import { measure } from "./behaviour/measurements";
import { drawProfile, hasBattery, type DeviceProfile } from "./behaviour/profile";
import { advanceWorld, initialWorld, type World } from "./behaviour/world";
import { Boot } from "./boot";
import { CommandDesk } from "./command-desk";
import type { ConnectGate } from "./connect-gate";
import type { DeviceIdentity } from "./device-identity";
import { DeviceLink } from "./device-link";
import { readDownlink } from "./downlink";
import { factoryImage, flashWith, type Flash, type Image } from "./firmware/flash";
import { UpdateAgent } from "./firmware/update-agent";
import { drawBuildFault, drawUpdateFault, type UpdateFaultShares } from "./firmware/update-faults";
import type { HerdTally } from "./herd-tally";
import { seededRandom, type Random } from "./random";

interface VirtualDeviceOptions {
  identity: DeviceIdentity;
  url: string;
  intervalSeconds: number;
  /** How much faster than the wall clock the device's world turns; heartbeats stay on the wall clock. */
  speedUp: number;
  seed: number;
  faults: FaultLevel;
  updateFaults?: UpdateFaultShares | undefined;
  /** What it runs when it is not what it left the works with. */
  installed?: Image | undefined;
  /** A new image has proven itself. */
  onInstalled?: (image: Image) => void;
  gate: ConnectGate;
  tally: HerdTally;
  backOff?: BackOff | undefined;
}

/** Restarts that begin with a goodbye. */
const DELIBERATE = ["command", "firmware_update"];

/** One simulated device: a world it lives in, boots it goes through, and the public protocol in between. */
export class VirtualDevice {
  private readonly random: Random;
  private readonly profile: DeviceProfile;
  private readonly defect: Defect | undefined;
  private readonly simulationStartMs = Date.now();
  private readonly desk: CommandDesk;
  private readonly flash: Flash;
  private readonly updater: UpdateAgent;
  private world: World;
  private boot: Boot | undefined;
  private isSwitchedOn = false;
  private reportIntervalSeconds: number;
  private configVersion = 0;
  private roundTripMs: number | undefined;
  private tickTimer: NodeJS.Timeout | undefined;
  private bootTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: VirtualDeviceOptions) {
    const { identity, seed, faults } = options;
    this.random = seededRandom(`${seed}:${identity.deviceId}`);
    // A stream of its own: a unit lives the same life with and without its defect.
    this.defect = drawDefect(faults, seededRandom(`${seed}:${identity.deviceId}:defect`));
    const profile = drawProfile(identity.type, this.random, identity);
    this.profile = this.defect === "lost_clock" ? { ...profile, clockDriftMs: LOST_CLOCK_MS } : profile;
    this.world = initialWorld(this.profile, this.simulationStartMs, this.random, identity.batteryPercent);
    this.reportIntervalSeconds = options.intervalSeconds;
    this.flash = flashWith(options.installed ?? factoryImage(this.profile.firmwareVersion), identity.firmwareKeys?.keys ?? []);
    this.updater = this.updaterOf();
    this.desk = new CommandDesk({
      tally: options.tally,
      speedUp: options.speedUp,
      deviceNowMs: () => this.deviceNowMs(),
      send: async (payload) => (await this.boot?.publish("response", payload)) ?? false,
      selfTest: () => ({
        world: this.world,
        profile: this.profile,
        roundTripMs: this.roundTripMs,
        defect: this.defect,
        image: this.updater.image,
        random: this.random,
      }),
      setReportInterval: (seconds) => this.setReportInterval(seconds),
      restart: () => void this.restart("command"),
      update: (order) => this.updater.take(order),
    });
  }

  /** Switches the device on. */
  start(): void {
    this.isSwitchedOn = true;
    this.powerOn("power_on");
    this.scheduleTick();
  }

  /** Switches it off as people should: goodbye, then disconnect. */
  async stop(): Promise<void> {
    this.switchOff();
    await this.endBoot((link) => link.close());
  }

  /** Pulls the plug: the broker finds out by itself and publishes the will. */
  kill(): void {
    this.switchOff();
    void this.endBoot((link) => link.cut());
  }

  private updaterOf(): UpdateAgent {
    const { identity, seed, speedUp, tally, updateFaults = {}, backOff = PROTOCOL_BACK_OFF } = this.options;
    const { deviceId, type, manufacturer, model } = identity;
    return new UpdateAgent({
      flash: this.flash,
      hardware: { deviceId, type, manufacturer, model },
      chargePercent: () => (hasBattery(this.profile) ? this.world.chargePercent : undefined),
      deviceNowMs: () => this.deviceNowMs(),
      speedUp,
      random: seededRandom(`${seed}:${deviceId}:update`),
      backOff,
      drawFault: ({ version }, attempt) => drawUpdateFault(updateFaults, { seed, deviceId, version, attempt }),
      drawBuildFault: (label) => drawBuildFault(label, { seed, deviceId }),
      send: async (payload) => (await this.boot?.publish("firmware", payload)) ?? false,
      reached: (signal) => this.boot?.reached(signal) ?? Promise.reject(new Error("the device is off")),
      reboot: (reason) => void this.restart(reason),
      cutPower: () => void this.restart("power_on"),
      die: () => {
        tally.bricked += 1;
        this.kill();
      },
      onEnd: ({ state }) => {
        tally[state === "completed" ? "updatesCompleted" : "updatesFailed"] += 1;
        if (state === "completed") this.options.onInstalled?.(this.updater.image);
      },
    });
  }

  private switchOff(): void {
    this.isSwitchedOn = false;
    clearTimeout(this.tickTimer);
    clearTimeout(this.bootTimer);
  }

  private powerOn(restartReason: string): void {
    const boot = new Boot(restartReason, (bootId) => this.linkFor(bootId));
    this.boot = boot;
    this.updater.powerOn();
    this.desk.settleAfterBoot(restartReason);
    // A brick is dead by now.
    if (this.boot === boot) boot.link.open();
  }

  private linkFor(bootId: string): DeviceLink {
    const { identity, url, gate, tally, backOff = PROTOCOL_BACK_OFF } = this.options;
    const link = new DeviceLink({
      deviceId: identity.deviceId,
      password: identity.password,
      url: identity.url ?? url,
      certificateAuthority: identity.certificateAuthority,
      bootId,
      random: this.random,
      gate,
      backOff,
      onReady: () => {
        tally.connected += 1;
        void this.report().then(() => {
          this.desk.sendUndelivered();
          this.updater.sendUndelivered();
        });
      },
      onLost: () => {
        tally.connected -= 1;
        if (this.boot?.link === link) tally.connectionsLost += 1;
      },
      onDownlink: (channel, payload) => this.receive(channel, payload),
      onTrouble: (message) => {
        tally.troubles += 1;
        tally.lastTrouble = `${identity.deviceId}: ${message}`;
      },
    });
    return link;
  }

  private async restart(reason: string): Promise<void> {
    this.options.tally.restarts += 1;
    await this.endBoot((link) => (DELIBERATE.includes(reason) ? link.close() : link.cut()));
    const isDark = this.world.darkUntilMs !== undefined;
    if (!this.isSwitchedOn || isDark || this.boot) return;
    this.bootTimer = setTimeout(() => this.powerOn(reason), (this.profile.bootSeconds * 1000) / this.options.speedUp);
  }

  private async endBoot(end: (link: DeviceLink) => Promise<void> | void): Promise<void> {
    const boot = this.boot;
    this.boot = undefined;
    this.desk.halt();
    this.updater.halt();
    if (boot) await end(boot.link);
  }

  private scheduleTick(): void {
    clearTimeout(this.tickTimer);
    if (!this.isSwitchedOn) return;
    // Spread so that devices that started together do not report together for ever.
    const delayMs = this.reportIntervalSeconds * 1000 * this.random.between(0.9, 1.1);
    this.tickTimer = setTimeout(() => {
      this.live();
      void this.report();
      this.scheduleTick();
    }, delayMs);
  }

  /** Lets the world catch up with the clock and bears the consequences. */
  private live(): void {
    const { speedUp, faults, tally } = this.options;
    const toMs = this.simulationStartMs + (Date.now() - this.simulationStartMs) * speedUp;
    const circumstances = { reportIntervalSeconds: this.reportIntervalSeconds, faults };
    const step = advanceWorld(this.world, this.profile, toMs, circumstances, this.random);
    this.world = step.world;
    if (step.power === "went_dark") {
      tally.dark += 1;
      clearTimeout(this.bootTimer);
      void this.endBoot((link) => link.cut());
    } else if (step.power === "came_back") {
      tally.dark -= 1;
      this.powerOn("power_on");
    } else if (step.faults.restartReason && this.boot) {
      void this.restart(step.faults.restartReason);
    } else if (step.faults.dropoutMs > 0) {
      this.boot?.link.interrupt(step.faults.dropoutMs / speedUp);
    }
  }

  private async report(): Promise<void> {
    const boot = this.boot;
    const roundTripMs = await boot?.sendHeartbeat(this.world, this.profile, this.updater);
    if (!boot || roundTripMs === undefined) return;
    this.roundTripMs = roundTripMs;
    this.options.tally.heartbeats += 1;
    const measurements = measure(this.profile.type, this.world.atMs, this.random);
    const wasDelivered = await boot.publish("data", JSON.stringify({ ts: this.deviceNowMs(), measurements }));
    if (wasDelivered) this.options.tally.dataMessages += 1;
  }

  private receive(channel: "command" | "config", payload: Uint8Array): void {
    const downlink = readDownlink(channel, payload);
    if (downlink.kind === "invalid") this.options.tally.invalidDownlinks += 1;
    else if (downlink.kind === "command") this.desk.receive(downlink.command);
    else if (downlink.config.version > this.configVersion) {
      this.configVersion = downlink.config.version;
      this.setReportInterval(downlink.config.reportIntervalSeconds);
    }
  }

  private setReportInterval(seconds: number): void {
    this.reportIntervalSeconds = seconds;
    this.scheduleTick();
  }

  private deviceNowMs(): number {
    return Date.now() + this.profile.clockDriftMs;
  }
}
