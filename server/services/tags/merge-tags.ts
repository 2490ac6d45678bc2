import { inTransaction } from "@/server/db/in-transaction";
import { mergeTagsSchema } from "@/server/domain/tags/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { findTag, lockTags } from "./find-tag";

/**
 * Gives the sources' devices the target instead, with a fixed number of statements however many they are. Sources that
 * are gone count as merged, so a repeat changes nothing. Admins only, because tags span farms.
 * @returns how many devices got the target that had not got it before
 * @throws not_found when the target is gone
 */
export async function mergeTags({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ devices: number }> {
  requireAdmin(ctx.actor);
  const { sourceIds, targetId } = parseInput(mergeTagsSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await lockTags(tx);
    const target = await findTag(tx, targetId);
    // Whoever is just tagging a device with a source holds its row; after them we take that device along.
    const sources = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM device_tag WHERE id = ANY(${sourceIds}::uuid[]) ORDER BY id FOR UPDATE`;
    if (sources.length === 0) return { devices: 0 };
    const devices = await tx.$executeRaw`
      INSERT INTO "_device_tag_rel" ("A", "B")
      SELECT DISTINCT "A", ${targetId}::uuid FROM "_device_tag_rel" WHERE "B" = ANY(${sourceIds}::uuid[])
      ON CONFLICT DO NOTHING`;
    await tx.deviceTag.deleteMany({ where: { id: { in: sourceIds } } });
    await announceEverywhere(tx, "tags", [targetId, ...sourceIds]);
    await recordAudit(tx, ctx, [
      {
        action: "tag.merged",
        subjectType: "tag",
        subjectId: target.name,
        farmId: null,
        before: { tags: sources.map(({ name }) => name) },
        after: { devices },
      },
    ]);
    return { devices };
  });
}
