import { inTransaction } from "@/server/db/in-transaction";
import { saveRetentionSchema } from "@/server/domain/retention/settings";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { readRetention } from "./read-retention";

/**
 * Changes how long things are kept; housekeeping goes by it from its next run on.
 * @throws forbidden unless the caller is an admin, invalid_input at the field that is out of bounds, conflict when
 *   somebody else has saved since `version` was read
 */
export async function saveRetention({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ version: number }> {
  requireAdmin(ctx.actor);
  const { settings, version } = parseInput(saveRetentionSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const before = await readRetention(tx);
    const overtaken = new AppError("conflict", "Somebody else has changed this meanwhile. Reload to see theirs; yours was not saved.");
    if (before.version !== version) throw overtaken;
    // Loses to whoever saved since it was read: by the version, or by the key of the one row.
    if (version === 0) await tx.retentionSettings.create({ data: { id: 1, ...settings } });
    else {
      const { count } = await tx.retentionSettings.updateMany({
        where: { id: 1, version },
        data: { ...settings, version: { increment: 1 } },
      });
      if (count === 0) throw overtaken;
    }
    await recordAudit(tx, ctx, [
      {
        action: "retention.changed",
        subjectType: "retention",
        subjectId: "settings",
        farmId: null,
        before: before.settings,
        after: settings,
      },
    ]);
    return { version: version + 1 };
  });
}
