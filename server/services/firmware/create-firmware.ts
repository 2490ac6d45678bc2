import { inTransaction } from "@/server/db/in-transaction";
import { createFirmwareSchema } from "@/server/domain/firmware/schema";
import { versionKey } from "@/server/domain/firmware/version-order";
import { dateOf } from "@/server/domain/maintenance/calendar-day";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { refuseTakenVersion } from "./refuse-taken-version";
import { requireArtifact } from "./require-artifact";
import { firmwareSubject } from "./views";

/**
 * Adds a version as a draft (specification Task 1.2); its file may follow.
 * @throws forbidden, conflict at `version` when the type has it, not_found at `artifactSha256`, invalid_input at
 *   `acceptsUnknownFormat`
 */
export async function createFirmware({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { acceptsUnknownFormat, releaseDate, ...firmware } = parseInput(createFirmwareSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    await refuseTakenVersion(tx, firmware);
    if (firmware.artifactSha256) await requireArtifact(tx, firmware.artifactSha256, acceptsUnknownFormat);
    const { id } = await tx.firmwareVersion.create({
      data: {
        ...firmware,
        versionKey: versionKey(firmware.version),
        releaseDate: dateOf(releaseDate),
        createdById: userId,
        createdAt: ctx.now,
        history: { create: { to: "draft", at: ctx.now, actorId: userId } },
      },
      select: { id: true },
    });
    await announceEverywhere(tx, "firmware", [id]);
    await recordAudit(tx, ctx, [
      {
        action: "firmware.created",
        subjectType: "firmware",
        subjectId: firmwareSubject(firmware),
        farmId: null,
        after: { ...firmware, downloadUrl: withoutQuery(firmware.downloadUrl), releaseDate, acceptsUnknownFormat },
      },
    ]);
    return { id };
  });
}

/** What comes after the path may be a key. */
export function withoutQuery(url: string | null): string | null {
  return url?.split(/[?#]/)[0] ?? null;
}
