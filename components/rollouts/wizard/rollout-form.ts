import type { z } from "zod";
import type { createRolloutSchema } from "@/server/domain/rollouts/schema";

/** What the form holds; which firmware and which devices stands in the URL. */
type FormFields = "stages" | "policy" | "name" | "scheduledAt";

export type RolloutFormInput = Pick<z.input<typeof createRolloutSchema>, FormFields>;
export type RolloutFormOutput = Pick<z.output<typeof createRolloutSchema>, FormFields>;

export const FORM_FIELDS = ["stages", "policy", "name", "scheduledAt"] as const satisfies readonly FormFields[];
