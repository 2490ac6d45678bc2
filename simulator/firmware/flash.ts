import type { ManifestClaims } from "@/server/domain/firmware/manifest";
import type { FirmwareKey } from "@/server/domain/firmware/trusted-keys";
import type { UpdateFault } from "./update-faults";

export type SlotName = "a" | "b";

/** A whole image in a slot. */
export interface Image {
  version: string;
  /** 0 = as it left the works. */
  sequence: number;
  /** Of the bytes that were written; `undefined` = as it left the works. */
  sha256: string | undefined;
}

/** What a device says about an update, on `firmware` and in heartbeats. */
export interface UpdateReport {
  id: string;
  attempt: number;
  state: "downloading" | "downloaded" | "installing" | "verifying" | "completed" | "failed" | "rolled_back";
  progress?: number;
  code?: string;
  error?: string;
}

/** The update a device works on, or the last one. */
export interface UpdateRecord {
  manifest: ManifestClaims;
  url: string;
  /** What is to be done next, whatever happens to the power. */
  step: "download" | "install" | "trial" | "ended";
  fault: UpdateFault | undefined;
  /** Why the new image was given up; told once the old one runs again. */
  verdict: { code: string; error: string } | undefined;
  /** What the server is to know. */
  report: UpdateReport;
  /** Whether a PUBACK has come for it. */
  isDelivered: boolean;
}

/** What survives a loss of power. Each change of it is one assignment, as one write to real flash would be. */
export interface Flash {
  /** `undefined` = erased, or not written to its end. */
  slots: Record<SlotName, Image | undefined>;
  /** What runs when nothing is on trial. */
  active: SlotName;
  /** The other slot is to be started, so often yet, unless it proves itself before. */
  trial: { bootsLeft: number } | undefined;
  /** The image as far as it has arrived: the first `length` bytes. */
  received: { bytes: Buffer; length: number } | undefined;
  update: UpdateRecord | undefined;
  keys: readonly FirmwareKey[];
}

/** What a device leaves the works with. */
export function factoryImage(version: string): Image {
  return { version, sequence: 0, sha256: undefined };
}

/** Starts a new image gets to prove itself. */
export const TRIAL_BOOTS = 3;

/** The flash of a device that is switched on: what it ran before, or what it left the works with. */
export function flashWith(image: Image, keys: readonly FirmwareKey[]): Flash {
  return {
    slots: { a: image, b: undefined },
    active: "a",
    trial: undefined,
    received: undefined,
    update: undefined,
    keys,
  };
}

export function otherSlot(slot: SlotName): SlotName {
  return slot === "a" ? "b" : "a";
}

/**
 * Chooses the slot to start, and counts a trial before it begins: a new image that hangs, crashes or is cut off cannot
 * keep the device from coming back to the old one.
 */
export function bootLoader(flash: Flash): SlotName {
  const candidate = otherSlot(flash.active);
  if (flash.trial && flash.trial.bootsLeft > 0 && flash.slots[candidate]) {
    flash.trial = { bootsLeft: flash.trial.bootsLeft - 1 };
    return candidate;
  }
  flash.trial = undefined;
  return flash.active;
}
