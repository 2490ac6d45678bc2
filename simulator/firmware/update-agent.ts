import { setTimeout as sleep } from "node:timers/promises";
import type { ManifestClaims, ManifestReader } from "@/server/domain/firmware/manifest";
import { labelOf, type ImageLabel } from "@/server/domain/firmware/sample-image";
import type { BackOff } from "../back-off";
import { Deadline } from "../deadline";
import type { Random } from "../random";
import { BrokenOff, fetchImage } from "./fetch-image";
import { bootLoader, otherSlot, TRIAL_BOOTS, type Flash, type Image, type SlotName, type UpdateRecord, type UpdateReport } from "./flash";
import { hashOf, refuseImage } from "./judge-image";
import { judgeOrder, type UpdateOrder, type UpdateRefusal } from "./judge-order";
import type { UpdateFault } from "./update-faults";

const WRITE_SECONDS = 3;
const SELF_TEST_SECONDS = 2;
const CRASH_SECONDS = 1;
/** A new image that does not reach the server for so long takes itself back. On the wall clock, as the network is. */
const REACH_TIMEOUT_MS = 600_000;
const SLOW_DOWNLOAD_SECONDS = 150;
const PROGRESS_STEP_PERCENT = 10;
const DROPS = 3;
/** More than the writes after a download, fewer than those of a whole update. */
const LATEST_CUT = 8;

interface UpdateAgentOptions {
  /** Kept by the device over everything that happens to it. */
  flash: Flash;
  hardware: Omit<ManifestReader, "version" | "sequence">;
  /** `undefined` without a battery. */
  chargePercent: () => number | undefined;
  deviceNowMs: () => number;
  /** Works faster by this factor; the network does not. */
  speedUp: number;
  random: Random;
  backOff: BackOff;
  drawFault: (manifest: ManifestClaims, attempt: number) => UpdateFault | undefined;
  /** What is wrong with the build itself. */
  drawBuildFault: (label: ImageLabel) => UpdateFault | undefined;
  /** Publishes on `firmware`; true once acknowledged. */
  send: (payload: string) => Promise<boolean>;
  /** Resolves once this boot has reached the server and its first heartbeat was acknowledged. */
  reached: (signal: AbortSignal) => Promise<void>;
  /** Ends this boot and begins another. */
  reboot: (reason: "firmware_update" | "watchdog") => void;
  /** The power goes away, at once, and comes back after a while. */
  cutPower: () => void;
  /** The device never starts again. */
  die: () => void;
  /** An update has ended, well or not. */
  onEnd?: (report: UpdateReport) => void;
  /** Called after each write to flash. */
  onWrite?: () => void;
}

/**
 * The part of a device that updates its firmware, in two slots (docs/device-protocol.md, section 7.1). What is to be
 * done next is in flash, so it goes on, or back, after a loss of power at any moment.
 */
export class UpdateAgent {
  private running: SlotName;
  private power = new AbortController();
  private work = new AbortController();
  private writesUntilCut = Number.POSITIVE_INFINITY;

  constructor(private readonly options: UpdateAgentOptions) {
    this.running = options.flash.active;
  }

  /** The image that runs. */
  get image(): Image {
    const image = this.options.flash.slots[this.running];
    if (!image) throw new Error("an empty slot cannot run");
    return image;
  }

  /** What a heartbeat says of an update, until it has ended and its end was acknowledged. */
  get execution(): Omit<UpdateReport, "error"> | undefined {
    const { update } = this.options.flash;
    if (!update || (update.step === "ended" && update.isDelivered)) return undefined;
    const { error: _, ...report } = update.report;
    return report;
  }

  /**
   * Judges an order, and begins it when it is taken on. What was under way before ends without a word: the server has
   * given it up.
   * @returns why it is refused
   * @throws when the power goes away meanwhile
   */
  async take(order: UpdateOrder): Promise<UpdateRefusal | undefined> {
    const { flash, hardware, chargePercent, deviceNowMs, drawFault, backOff, random } = this.options;
    const { signal } = this.power;
    const reader = { ...hardware, version: this.image.version, sequence: this.image.sequence };
    const condition = { reader, keys: flash.keys, chargePercent, now: new Date(deviceNowMs()) };
    const judged = await judgeOrder(order, { ...condition, drawFault, backOff, random, signal });
    signal.throwIfAborted();
    if ("code" in judged) return judged;
    if (flash.update?.step === "trial") return { code: "unknown", error: "busy: an update is being verified" };
    const { manifest, fault, isHere } = judged;
    flash.keys = judged.keys;
    flash.received = undefined;
    const report = { id: order.execution, attempt: order.attempt };
    flash.update = {
      manifest,
      url: order.url,
      step: isHere ? "ended" : "download",
      fault,
      verdict: undefined,
      report: isHere ? { ...report, state: "completed" } : { ...report, state: "downloading", progress: 0 },
      isDelivered: false,
    };
    this.writesUntilCut = fault === "power" ? random.integer(1, LATEST_CUT) : Number.POSITIVE_INFINITY;
    this.sendUndelivered();
    this.goOn();
    return undefined;
  }

  /** Starts the image the boot loader chooses, and goes on with what was under way. */
  powerOn(): void {
    const { flash } = this.options;
    this.power = new AbortController();
    this.running = bootLoader(flash);
    const { update } = flash;
    const isBack = update?.step === "trial" && update.fault !== "lie" && this.running === flash.active;
    if (isBack) this.end(update, "rolled_back", update.verdict ?? { code: "boot", error: "the new image did not start" });
    this.goOn();
  }

  /** The power is gone: whatever was under way stops where it is. */
  halt(): void {
    const reason = new Error("the power is gone");
    this.power.abort(reason);
    this.work.abort(reason);
  }

  /** Says again what no PUBACK has come for. */
  sendUndelivered(): void {
    const { update } = this.options.flash;
    if (!update || update.isDelivered) return;
    const { report } = update;
    void this.options.send(JSON.stringify(report)).then((isDelivered) => {
      if (isDelivered && update.report === report) update.isDelivered = true;
    });
  }

  private goOn(): void {
    this.work.abort(new Error("superseded"));
    this.work = new AbortController();
    const { update } = this.options.flash;
    if (update && update.step !== "ended") void this.carryOn(update, this.work.signal);
  }

  private async carryOn(update: UpdateRecord, signal: AbortSignal): Promise<void> {
    try {
      if (update.step === "download") await this.download(update, signal);
      if (update.step === "install") await this.install(update, signal);
      else if (update.step === "trial") await this.prove(update, signal);
    } catch (error) {
      if (!signal.aborted) this.end(update, "failed", { code: "unknown", error: String(error) });
    }
  }

  private async download(update: UpdateRecord, signal: AbortSignal): Promise<void> {
    const { flash, backOff, random } = this.options;
    const { url, manifest, fault } = update;
    const { sizeBytes, sha256 } = manifest;
    const received = (flash.received ??= { bytes: Buffer.alloc(sizeBytes), length: 0 });
    let drops = fault === "drop" ? DROPS : 0;
    const failure = await fetchImage({
      url,
      sizeBytes,
      etag: `"${sha256}"`,
      have: () => received.length,
      restart: () => (received.length = 0),
      keep: async (bytes) => {
        signal.throwIfAborted();
        received.bytes.set(bytes, received.length);
        received.length += bytes.length;
        this.wrote(signal);
        this.tellProgress(update, Math.floor((received.length / sizeBytes) * 100));
        if (fault === "slow") await this.pause((SLOW_DOWNLOAD_SECONDS * bytes.length) / sizeBytes, signal);
        if (drops > 0 && received.length >= (sizeBytes * (DROPS + 1 - drops)) / (DROPS + 1)) {
          drops -= 1;
          throw new BrokenOff("the radio lost the connection");
        }
      },
      backOff,
      random,
      signal,
    });
    if (failure) return this.end(update, "failed", failure);
    if (fault === "corrupt") received.bytes[random.integer(0, sizeBytes - 1)]! ^= 1;
    const refusal = refuseImage(manifest, received.bytes);
    if (refusal) return this.end(update, "failed", refusal);
    const label = labelOf(received.bytes);
    update.fault ??= label && this.options.drawBuildFault(label);
    update.step = "install";
    this.tell(update, { state: "downloaded" });
    this.wrote(signal);
  }

  private async install(update: UpdateRecord, signal: AbortSignal): Promise<void> {
    const { flash } = this.options;
    const { manifest, fault } = update;
    this.tell(update, { state: "installing" });
    if (fault !== "lie") {
      flash.slots[otherSlot(flash.active)] = undefined;
      this.wrote(signal);
    }
    await this.pause(WRITE_SECONDS, signal);
    if (fault !== "lie") {
      const sha256 = hashOf(flash.received?.bytes ?? Buffer.alloc(0));
      if (sha256 !== manifest.sha256)
        return this.end(update, "failed", { code: "flash", error: "the slot does not hold what was written" });
      flash.slots[otherSlot(flash.active)] = { version: manifest.version, sequence: manifest.sequence, sha256 };
      flash.trial = { bootsLeft: TRIAL_BOOTS };
    }
    flash.received = undefined;
    update.step = "trial";
    this.wrote(signal);
    this.options.reboot("firmware_update");
  }

  /** The first starts of a new image: it stays only if it says so itself. */
  private async prove(update: UpdateRecord, signal: AbortSignal): Promise<void> {
    const { flash } = this.options;
    if (update.fault === "brick") return this.options.die();
    if (update.fault === "boot_loop") {
      await this.pause(CRASH_SECONDS, signal);
      return this.options.reboot("watchdog");
    }
    this.tell(update, { state: "verifying" });
    const verdict = await this.selfTest(update, signal);
    if (verdict) {
      update.verdict = verdict;
      flash.trial = undefined;
      this.wrote(signal);
      return this.options.reboot("firmware_update");
    }
    flash.active = this.running;
    flash.trial = undefined;
    this.end(update, "completed");
    this.wrote(signal);
  }

  private async selfTest({ fault }: UpdateRecord, signal: AbortSignal): Promise<UpdateRefusal | undefined> {
    const deadline = new Deadline(signal, REACH_TIMEOUT_MS);
    const hasReached = await this.options
      .reached(deadline.signal)
      .then(() => true)
      .catch(() => false)
      .finally(() => deadline.dispose());
    signal.throwIfAborted();
    if (!hasReached) return { code: "self_test", error: "the server was not reached" };
    this.sendUndelivered();
    await this.pause(SELF_TEST_SECONDS, signal);
    return fault === "self_test" ? { code: "self_test", error: "the sensor bus does not answer" } : undefined;
  }

  private end(update: UpdateRecord, state: "completed" | "failed" | "rolled_back", reason?: UpdateRefusal): void {
    this.options.flash.received = undefined;
    update.step = "ended";
    this.tell(update, { state, ...(reason ? { code: reason.code, error: reason.error } : {}) });
    this.options.onEnd?.(update.report);
  }

  private tellProgress(update: UpdateRecord, percent: number): void {
    const told = update.report.progress ?? 0;
    if (percent - told >= PROGRESS_STEP_PERCENT) this.tell(update, { state: "downloading", progress: percent });
  }

  private tell(update: UpdateRecord, what: Omit<UpdateReport, "id" | "attempt">): void {
    const { id, attempt } = update.report;
    update.report = { id, attempt, ...what };
    update.isDelivered = false;
    this.sendUndelivered();
  }

  private pause(seconds: number, signal: AbortSignal): Promise<void> {
    return sleep((seconds * 1000) / this.options.speedUp, undefined, { signal });
  }

  /** After each write: the power may be gone by the next step. */
  private wrote(signal: AbortSignal): void {
    this.options.onWrite?.();
    this.writesUntilCut -= 1;
    if (this.writesUntilCut === 0) this.options.cutPower();
    signal.throwIfAborted();
  }
}
