import { inTransaction } from "@/server/db/in-transaction";
import { isEditable } from "@/server/domain/firmware/lifecycle";
import { firmwareIdSchema } from "@/server/domain/firmware/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { noSuchFirmware } from "./find-firmware";
import { firmwareSubject } from "./views";

/**
 * Deletes a draft; its file goes a day later, unless another version has it. What left the draft is deprecated instead.
 * @throws forbidden, not_found, conflict when it is no draft
 */
export async function deleteFirmware({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { id } = parseInput(firmwareIdSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const firmware = await tx.firmwareVersion.findUnique({ where: { id } });
    if (!firmware) throw noSuchFirmware();
    // Loses to a step out of the draft that was committed meanwhile.
    const { count } = isEditable(firmware.state) ? await tx.firmwareVersion.deleteMany({ where: { id, state: "draft" } }) : { count: 0 };
    if (count === 0) throw new AppError("conflict", "Devices may run this version already. Deprecate it instead.");
    await announceEverywhere(tx, "firmware", [id]);
    await recordAudit(tx, ctx, [
      {
        action: "firmware.deleted",
        subjectType: "firmware",
        subjectId: firmwareSubject(firmware),
        farmId: null,
        before: { name: firmware.name, artifactSha256: firmware.artifactSha256 },
      },
    ]);
  });
}
