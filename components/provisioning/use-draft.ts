import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { loadDraft, saveDraft } from "@/components/patterns/session-draft";
import { DRAFT_KEY, EMPTY_DRAFT, type WizardDraft } from "./wizard-draft";
import type { DeviceFormInput, DeviceFormOutput } from "./wizard-steps";

/** Loads the tab's draft once, and saves every change. */
export function useDraft({ reset, watch }: UseFormReturn<DeviceFormInput, unknown, DeviceFormOutput>, defaultFarmId: string): void {
  useEffect(() => {
    const draft = loadDraft(DRAFT_KEY) as WizardDraft | undefined;
    // sessionStorage is not there while the server renders; a reset after hydration keeps both sides alike.
    if (draft) reset({ ...EMPTY_DRAFT, farmId: defaultFarmId, ...draft });
    const subscription = watch((values) => saveDraft(DRAFT_KEY, values));
    return () => subscription.unsubscribe();
  }, [reset, watch, defaultFarmId]);
}
