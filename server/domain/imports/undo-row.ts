import { changeLabel } from "./change-label";
import { type ChangeableKey, type DevicePatch, type ExistingDevice, sameValue } from "./device-values";
import { FIELD_OF_VALUE } from "./patch";

/** What stands in the way of removing a device that an import registered. */
export const HOLD_REASONS = ["connected", "decommissioned", "work", "updates", "replacement"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const HOLD_REASON_TEXTS: Record<HoldReason, string> = {
  connected: "Has connected since; it stays",
  decommissioned: "Was decommissioned since; it stays for the record",
  work: "Has maintenance on record; it stays",
  updates: "Is part of a rollout; it stays",
  replacement: "Has replaced another unit, or was replaced; it stays",
};

/** What is free for another device to take, or gone, since the import. */
export interface Restorable {
  /** Former MAC addresses and serial numbers that another device has by now. */
  isMacTaken: boolean;
  isSerialTaken: boolean;
  /** Whether a device may go back into its former group. */
  isGroupOpen: boolean;
  /** Tags that still exist. */
  tagIds: ReadonlySet<string>;
}

export interface UndoPlan {
  /** What is written back. */
  patch: DevicePatch;
  /** Why cells are left as they are, in words; empty = all are restored. */
  kept: string[];
}

/**
 * Which cells of an updated device go back to what they were: those that are still as the import left them. What
 * somebody changed since is theirs.
 */
export function planUndo(former: DevicePatch, written: DevicePatch, now: ExistingDevice, world: Restorable): UndoPlan {
  if (now.lifecycle === "decommissioned") return { patch: {}, kept: [HOLD_REASON_TEXTS.decommissioned] };
  const patch: Record<string, unknown> = {};
  const kept: string[] = [];
  for (const key of Object.keys(written) as ChangeableKey[]) {
    const label = changeLabel(FIELD_OF_VALUE[key]);
    const obstacle = obstacleOf(key, former, world);
    if (!sameValue(now[key], written[key])) kept.push(`${label}: somebody changed it since`);
    else if (obstacle) kept.push(`${label}: ${obstacle}`);
    else patch[key] = key === "tag_ids" ? (former.tag_ids ?? []).filter((id) => world.tagIds.has(id)) : former[key];
  }
  return { patch: patch, kept };
}

function obstacleOf(key: ChangeableKey, former: DevicePatch, world: Restorable): string | undefined {
  if (key === "mac_address" && former.mac_address && world.isMacTaken) return "another device has the former one by now";
  if ((key === "serial_number" || key === "manufacturer") && world.isSerialTaken)
    return "another device has the former serial number by now";
  if (key === "group_id" && former.group_id && !world.isGroupOpen) return "the former group is gone, or takes no such device";
  return undefined;
}
