import { inTransaction } from "@/server/db/in-transaction";
import { updateTagSchema } from "@/server/domain/tags/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { findTag, lockTags, refuseTakenName } from "./find-tag";

/** Renames or recolours a tag on all its devices; admins only, because tags span farms. @throws conflict at `name` */
export async function updateTag({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireAdmin(ctx.actor);
  const { id, ...fields } = parseInput(updateTagSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    await lockTags(tx);
    const { name, color } = await findTag(tx, id);
    await refuseTakenName(tx, fields.name, id);
    await tx.deviceTag.update({ where: { id }, data: fields });
    await announceEverywhere(tx, "tags", [id]);
    await recordAudit(tx, ctx, [
      { action: "tag.edited", subjectType: "tag", subjectId: fields.name, farmId: null, before: { name, color }, after: fields },
    ]);
  });
}
