import { inTransaction } from "@/server/db/in-transaction";
import { isEditable } from "@/server/domain/firmware/lifecycle";
import { updateFirmwareSchema } from "@/server/domain/firmware/schema";
import { versionKey } from "@/server/domain/firmware/version-order";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { withoutQuery } from "./create-firmware";
import { noSuchFirmware } from "./find-firmware";
import { refuseTakenVersion } from "./refuse-taken-version";
import { requireArtifact } from "./require-artifact";
import { firmwareSubject } from "./views";

/**
 * Changes a draft. From testing on a version is what it is.
 * @throws forbidden, not_found, conflict when it is no draft any more, was edited meanwhile, or the type has the version
 */
export async function updateFirmware({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { id, revision, acceptsUnknownFormat, releaseDate, ...firmware } = parseInput(updateFirmwareSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const before = await tx.firmwareVersion.findUnique({ where: { id } });
    if (!before) throw noSuchFirmware();
    if (!isEditable(before.state))
      throw new AppError("conflict", "Devices may run this version already, so it stays as it is. Make a new one instead.");
    await refuseTakenVersion(tx, { ...firmware, id });
    if (firmware.artifactSha256) {
      const isKept = firmware.artifactSha256 === before.artifactSha256;
      await requireArtifact(tx, firmware.artifactSha256, acceptsUnknownFormat || isKept);
    }
    // Loses to an edit, and to a step out of the draft, that was committed after the form was loaded.
    const { count } = await tx.firmwareVersion.updateMany({
      where: { id, revision, state: "draft" },
      data: { ...firmware, versionKey: versionKey(firmware.version), releaseDate: dateOf(releaseDate), revision: { increment: 1 } },
    });
    if (count === 0)
      throw new AppError(
        "conflict",
        "Somebody else has changed this version meanwhile. Reload to see their changes; yours were not saved.",
      );
    await announceEverywhere(tx, "firmware", [id]);
    await recordAudit(tx, ctx, [
      {
        action: "firmware.edited",
        subjectType: "firmware",
        subjectId: firmwareSubject(firmware),
        farmId: null,
        before: { version: before.version, name: before.name, artifactSha256: before.artifactSha256 },
        after: { ...firmware, downloadUrl: withoutQuery(firmware.downloadUrl), releaseDate, acceptsUnknownFormat },
      },
    ]);
  });
}
