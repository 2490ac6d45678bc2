import { inTransaction } from "@/server/db/in-transaction";
import { createTagSchema } from "@/server/domain/tags/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { lockTags, refuseTakenName } from "./find-tag";
import type { TagView } from "./list-tags";

/** Adds a tag; whoever edits devices on any farm may. @throws conflict at `name` when it is taken, whatever its case */
export async function createTag({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<TagView> {
  if (farmIdsWith(ctx.actor, "device.edit")?.length === 0) throw new AppError("forbidden", "Your role does not allow this.");
  const tag = parseInput(createTagSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await lockTags(tx);
    await refuseTakenName(tx, tag.name);
    const { id } = await tx.deviceTag.create({ data: tag });
    await announceEverywhere(tx, "tags", [id]);
    await recordAudit(tx, ctx, [{ action: "tag.created", subjectType: "tag", subjectId: tag.name, farmId: null, after: tag }]);
    return { id, ...tag, deviceCount: 0 };
  });
}
