import type { Role } from "../builders";

/** What belongs to one farm: its device, group, token … as a stranger would name them. */
export interface Target {
  farmId: string;
  deviceId: string;
  groupId: string;
  tagId: string;
  tokenId: string;
  recordId: string;
  attachmentId: string;
  diagnosticId: string;
  commandId: string;
  bulkId: string;
  alertId: string;
  firmwareId: string;
  rolloutId: string;
  photoId: string;
  blockId: string;
  importId: string;
}

/** One procedure's row in the table of farm isolation. */
export interface Expectation {
  /** Who may do it on their own farm. */
  may: readonly Role[] | "public";
  /** What happens to a stranger: refused, or an answer without a trace of the other farm. */
  stranger: "NOT_FOUND" | "FORBIDDEN" | "CONFLICT" | "sees nothing" | "not about a farm";
  /** Aimed at one farm or its device. */
  input: (target: Target) => unknown;
}

export const ALL = ["admin", "farm_manager", "field_staff", "viewer"] as const;
export const STAFF = ["admin", "farm_manager", "field_staff"] as const;
export const MANAGERS = ["admin", "farm_manager"] as const;
export const ADMIN = ["admin"] as const;
export const UNKNOWN_ID = "01890000-0000-7000-8000-000000000000";
