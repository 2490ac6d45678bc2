/** States and reasons of rollouts (specification Task 1.2 update job and log, DESIGN 7). */
export const ROLLOUT_STATES = ["draft", "scheduled", "in_progress", "paused", "completed", "failed", "cancelled"] as const;
export type RolloutState = (typeof ROLLOUT_STATES)[number];

export const ROLLOUT_KINDS = ["update", "rollback"] as const;
export type RolloutKind = (typeof ROLLOUT_KINDS)[number];

export const STAGE_STATES = ["waiting", "open", "soaking", "awaiting_approval", "done"] as const;
export type StageState = (typeof STAGE_STATES)[number];

/** One device in one rollout. */
export const TARGET_STATES = [
  "pending",
  "held",
  "sent",
  "downloading",
  "downloaded",
  "installing",
  "verifying",
  "completed",
  "failed",
  "rolled_back",
  "timed_out",
  "skipped",
  "cancelled",
] as const;
export type TargetState = (typeof TARGET_STATES)[number];

/** Told to the device and not ended: at most one a device over all rollouts. */
export const ACTIVE_TARGET_STATES = ["sent", "downloading", "downloaded", "installing", "verifying"] as const satisfies TargetState[];
export type ActiveTargetState = (typeof ACTIVE_TARGET_STATES)[number];

/** Ended badly: what the failure share counts. */
export const FAILED_TARGET_STATES = ["failed", "rolled_back", "timed_out"] as const satisfies TargetState[];

/** What a device may say of its own update, on the `firmware` topic and in heartbeats (docs/device-protocol.md). */
export const REPORTED_STATES = ["downloading", "downloaded", "installing", "verifying", "completed", "failed", "rolled_back"] as const;
export type ReportedUpdateState = (typeof REPORTED_STATES)[number];

/** Why a device has to wait; it goes on by itself when the reason is gone. */
export const HOLD_REASONS = ["offline", "maintenance", "freeze", "milking", "battery", "signal"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Why a device is left out. */
export const SKIP_REASONS = [
  "decommissioned",
  "not_in_service",
  "not_allowed",
  "wrong_type",
  "wrong_manufacturer",
  "wrong_model",
  "same_version",
  "newer_version",
  "min_previous_version",
  "unknown_version",
  "other_rollout",
  "no_former_version",
  "by_person",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why an update failed: the device's own codes, and the server's `timeout` and `version`. */
export const FAILURE_CODES = [
  "signature",
  "incompatible",
  "expired",
  "downgrade",
  "battery",
  "no_space",
  "network",
  "not_found",
  "forbidden",
  "size",
  "hash",
  "flash",
  "boot",
  "self_test",
  "power",
  "cancelled",
  "unknown",
  "timeout",
  "version",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What happens when too many fail: only stop, or also send back what was updated. */
export const FAILURE_POLICIES = ["pause", "rollback_stage", "rollback_all"] as const;
export type FailurePolicy = (typeof FAILURE_POLICIES)[number];

/** What people may want to be told of a rollout. */
export const ROLLOUT_EVENT_KINDS = ["paused", "failed", "awaiting_approval", "completed"] as const;
export type RolloutEventKind = (typeof ROLLOUT_EVENT_KINDS)[number];
