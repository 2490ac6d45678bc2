import type { LabelJob } from "@/server/domain/labels/schema";
import { zplLabel } from "@/server/domain/labels/zpl";
import type { LabelView } from "../views";
import { drawBitmaps } from "./draw-bitmap";

type Job = Pick<LabelJob, "stock" | "template" | "secondCode" | "copies" | "offsetXMm" | "offsetYMm" | "dpi">;

/** Labels for a ZPL II printer, one after the other. Gives other requests their turn between pictures. */
export async function drawZpl(job: Job, labels: readonly LabelView[]): Promise<Buffer> {
  const parts: string[] = [];
  for await (const bitmap of drawBitmaps(job, labels)) parts.push(zplLabel(bitmap, job.copies));
  return Buffer.from(parts.join(""), "ascii");
}
