import { clearDraft, loadDraft, saveDraft } from "@/components/patterns/session-draft";
import type { RolloutFormInput } from "./rollout-form";

/** What was entered by hand; what nobody touched is suggested anew. */
export interface RolloutDraft extends Partial<RolloutFormInput> {
  /** As typed. */
  idsText?: string;
}

const KEY = "smart-dairy-new-rollout";

/** The draft that a URL names; another one, or one of another shape, is none. */
export function loadRolloutDraft(id: string): RolloutDraft | undefined {
  const kept = loadDraft(KEY);
  if (!isObject(kept) || kept.id !== id || !isObject(kept.draft)) return undefined;
  const { stages, policy, name, scheduledAt, idsText } = kept.draft;
  return {
    ...(Array.isArray(stages) ? { stages: stages as RolloutFormInput["stages"] } : {}),
    ...(isObject(policy) ? { policy } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof scheduledAt === "string" ? { scheduledAt: new Date(scheduledAt) } : {}),
    ...(typeof idsText === "string" ? { idsText } : {}),
  };
}

/** Keeps one draft, the last. */
export function saveRolloutDraft(id: string, draft: RolloutDraft): void {
  saveDraft(KEY, { id, draft });
}

export function clearRolloutDraft(): void {
  clearDraft(KEY);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
