import type { LabelJob } from "@/server/domain/labels/schema";
import { MAX_LABELS } from "@/server/domain/labels/vocabulary";
import { AppError, fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { findLabels } from "./find-labels";
import type { LabelView } from "./views";

/**
 * The labels of a job, when there are some and not too many.
 * @throws not_found, forbidden, conflict (none), invalid_input (more than one print takes)
 */
export async function labelsToPrint(ctx: ServiceContext, job: Pick<LabelJob, "source" | "copies">): Promise<LabelView[]> {
  const { labels, isTooMany } = await findLabels(ctx, job.source);
  const most = MAX_LABELS.toLocaleString("en");
  if (isTooMany) throw fieldError("invalid_input", "source", `One print takes at most ${most} labels. Choose fewer devices.`);
  if (labels.length * job.copies > MAX_LABELS)
    throw fieldError("invalid_input", "copies", `One print takes at most ${most} labels. Make fewer copies.`);
  if (labels.length === 0) throw new AppError("conflict", "There is nothing to print: no device matches any more.");
  return labels;
}
