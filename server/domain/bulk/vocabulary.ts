import type { FarmPermission } from "../people/policy";

/** What can be done with many devices at once. */
export const BULK_KINDS = [
  "set_group",
  "add_tags",
  "remove_tags",
  "start_maintenance",
  "end_maintenance",
  "restart",
  "diagnostic",
  "rotate_credentials",
  "decommission",
] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export const BULK_KIND_FACTS: Record<BulkKind, { label: string; done: string; permission: FarmPermission; isDanger?: true }> = {
  set_group: { label: "Set group", done: "moved", permission: "device.edit" },
  add_tags: { label: "Add tags", done: "tagged", permission: "device.edit" },
  remove_tags: { label: "Remove tags", done: "untagged", permission: "device.edit" },
  start_maintenance: { label: "Start maintenance", done: "put into maintenance", permission: "device.edit" },
  end_maintenance: { label: "End maintenance", done: "back in service", permission: "device.edit" },
  restart: { label: "Restart", done: "restarted", permission: "device.command" },
  diagnostic: { label: "Run diagnostic", done: "examined", permission: "device.command" },
  rotate_credentials: { label: "New passwords", done: "given a new password", permission: "device.credentials", isDanger: true },
  decommission: { label: "Decommission", done: "decommissioned", permission: "device.decommission", isDanger: true },
};

/** Why a device is left out, as the database judges it. */
export const SKIP_REASONS = [
  "not_allowed",
  "decommissioned",
  "no_credentials",
  "in_group_already",
  "in_no_group",
  "has_tags_already",
  "has_none_of_the_tags",
  "in_maintenance_already",
  "not_in_maintenance",
  "draft",
  "other_farm",
  "other_type",
  "milking",
  "moves_something",
  "diagnostic_running",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export const SKIP_REASON_TEXTS: Record<SkipReason, string> = {
  not_allowed: "Your role on its farm does not allow this",
  decommissioned: "Is decommissioned",
  no_credentials: "Has no credentials yet and cannot be reached",
  in_group_already: "Is in this group already",
  in_no_group: "Is in no group",
  has_tags_already: "Has these tags already",
  has_none_of_the_tags: "Has none of these tags",
  in_maintenance_already: "Is in maintenance already",
  not_in_maintenance: "Is not in maintenance",
  draft: "Is a draft and not in service",
  other_farm: "Is on another farm than the group",
  other_type: "The group takes another type",
  milking: "Its farm is milking; force it with a reason, or wait",
  moves_something: "Moves or feeds animals; force it with a reason",
  diagnostic_running: "A diagnostic is running already",
};

/** Devices that one action takes at most. */
export const MAX_BULK_DEVICES = 10_000;

export const BULK_ITEM_STATES = ["pending", "done", "skipped", "failed", "cancelled"] as const;
export type BulkItemState = (typeof BULK_ITEM_STATES)[number];
