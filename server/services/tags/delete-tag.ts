import { inTransaction } from "@/server/db/in-transaction";
import { tagIdSchema } from "@/server/domain/tags/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { findTag } from "./find-tag";

/** Takes a tag off all its devices and deletes it; admins only, because tags span farms. */
export async function deleteTag({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireAdmin(ctx.actor);
  const { id } = parseInput(tagIdSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const { name, color } = await findTag(tx, id);
    await tx.deviceTag.deleteMany({ where: { id } });
    await announceEverywhere(tx, "tags", [id]);
    await recordAudit(tx, ctx, [{ action: "tag.deleted", subjectType: "tag", subjectId: name, farmId: null, before: { name, color } }]);
  });
}
