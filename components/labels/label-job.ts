import type { LabelSource } from "@/server/domain/labels/schema";
import type { LabelSettings } from "./label-settings";

/** How labels are laid out and placed: what the settings and the screen say together. */
export interface LabelJobView extends Omit<LabelSettings, "sheet"> {
  startAt: number;
  offsetXMm: number;
  offsetYMm: number;
  copies: number;
  outlines: boolean;
}

/** The same, as the server asks for it. */
export function toJobInput(job: LabelJobView, source: LabelSource) {
  return { ...job, stock: job.stock.id, source };
}
