import { labelFileSchema } from "@/server/domain/labels/schema";
import { fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { drawPdf } from "./draw/draw-pdf";
import { drawZpl } from "./draw/draw-zpl";
import { labelsToPrint } from "./labels-to-print";
import { notePrint } from "./record-print";

export interface LabelFile {
  name: string;
  contentType: string;
  content: Buffer;
}

/**
 * Labels as a file: PDF for sheets and rolls, ZPL for rolls. It is noted in the log of prints.
 * @throws invalid_input, not_found, forbidden, conflict (nothing to print)
 */
export async function makeLabelFile({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<LabelFile> {
  const { format, ...job } = parseInput(labelFileSchema, input);
  if (format === "zpl" && job.stock.kind === "sheet")
    throw fieldError("invalid_input", "stock", "ZPL is for label printers with rolls. Choose a roll, or PDF.");
  const labels = await labelsToPrint(ctx, job);
  const content = format === "pdf" ? await drawPdf(job, labels, { title: "Device labels", now: ctx.now }) : await drawZpl(job, labels);
  await notePrint(ctx, { job, labels, method: format });
  const day = ctx.now.toISOString().slice(0, 10);
  return {
    name: `labels-${job.stock.id}-${day}.${format}`,
    contentType: format === "pdf" ? "application/pdf" : "text/plain; charset=us-ascii",
    content,
  };
}
