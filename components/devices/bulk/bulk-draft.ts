import type { BulkActionInput } from "@/server/domain/bulk/schema";
import type { BulkKind } from "@/server/domain/bulk/vocabulary";

/** What the dialog's fields hold, for every kind. */
export interface BulkDraft {
  groupId: string;
  tagIds: string[];
  text: string;
  force: boolean;
  overlapHours: string;
}

export const NO_GROUP = "none";

export const EMPTY_DRAFT: BulkDraft = { groupId: "", tagIds: [], text: "", force: false, overlapHours: "24" };

/** The action a draft stands for, or what is still missing in it. */
export function actionOf(kind: BulkKind, draft: BulkDraft): { action: BulkActionInput } | { missing: string } {
  const text = draft.text.trim() || null;
  switch (kind) {
    case "set_group":
      if (!draft.groupId) return { missing: "Choose a group." };
      return { action: { kind, params: { groupId: draft.groupId === NO_GROUP ? null : draft.groupId } } };
    case "add_tags":
    case "remove_tags":
      if (draft.tagIds.length === 0) return { missing: "Choose at least one tag." };
      return { action: { kind, params: { tagIds: draft.tagIds } } };
    case "start_maintenance":
      return { action: { kind, params: { notes: text } } };
    case "restart":
      if (draft.force && !text) return { missing: "Say why it cannot wait." };
      return { action: { kind, params: { force: draft.force, reason: text } } };
    case "rotate_credentials":
      return { action: { kind, params: { overlapHours: Number(draft.overlapHours) } } };
    case "decommission":
      if (!text) return { missing: "Say why, for the record." };
      return { action: { kind, params: { reason: text } } };
    case "end_maintenance":
    case "diagnostic":
      return { action: { kind, params: {} } };
  }
}
