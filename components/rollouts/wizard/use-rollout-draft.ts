import { useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { clearRolloutDraft, loadRolloutDraft, type RolloutDraft, saveRolloutDraft } from "./rollout-draft";
import type { RolloutFormInput, RolloutFormOutput } from "./rollout-form";
import type { Aim } from "./use-aim";

interface DraftInput {
  form: UseFormReturn<RolloutFormInput, unknown, RolloutFormOutput>;
  defaults: RolloutFormInput;
  aim: Aim;
  /** The stages are somebody's choice: changed, or a preset that was chosen. */
  hasStages: boolean;
  onStagesRestored: () => void;
}

/**
 * Keeps in the tab what was entered by hand, so that a reload, or coming back, loses nothing. The URL names the draft: a
 * link to a new rollout begins a new one.
 * @returns whether it has been looked at, and how to forget all of it
 */
export function useRolloutDraft({ form, defaults, aim, hasStages, onStagesRestored }: DraftInput): {
  isRestored: boolean;
  forget: () => void;
} {
  const { reset, watch, formState } = form;
  const { state, setState, idsText, setIdsText } = aim;
  const [isRestored, setRestored] = useState(false);
  const id = useRef(state.draft);
  const { stages, policy, name, scheduledAt } = watch();
  const { policy: hasPolicy, name: hasName, scheduledAt: hasMoment } = formState.dirtyFields;

  useEffect(() => {
    const draft = id.current ? loadRolloutDraft(id.current) : undefined;
    // sessionStorage is not there while the server renders; a reset after hydration keeps both sides alike.
    if (draft) {
      const { idsText: typed, ...values } = draft;
      reset({ ...defaults, ...values }, { keepDefaultValues: true });
      if (draft.stages) onStagesRestored();
      if (typed !== undefined) setIdsText(typed);
    }
    setRestored(true);
    // Once, with what the page began with.
  }, []);

  useEffect(() => {
    if (!isRestored) return;
    const draft: RolloutDraft = {
      ...(hasStages ? { stages } : {}),
      ...(hasPolicy ? { policy } : {}),
      ...(hasName ? { name } : {}),
      ...(hasMoment ? { scheduledAt } : {}),
      ...(idsText === state.ids.join("\n") ? {} : { idsText }),
    };
    if (id.current === null) {
      if (Object.keys(draft).length === 0) return;
      id.current = Date.now().toString(36);
      void setState({ draft: id.current });
    }
    saveRolloutDraft(id.current, draft);
  }, [isRestored, hasStages, stages, hasPolicy, policy, hasName, name, hasMoment, scheduledAt, idsText, state.ids, setState]);

  const forget = () => {
    clearRolloutDraft();
    id.current = null;
    reset(defaults);
    setIdsText("");
    void setState(null);
  };
  return { isRestored, forget };
}
