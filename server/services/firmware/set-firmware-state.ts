import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { STATE_REFUSALS, stateRefusal } from "@/server/domain/firmware/lifecycle";
import { setFirmwareStateSchema } from "@/server/domain/firmware/schema";
import { env } from "@/server/env";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announceEverywhere } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { hasArtifact } from "./artifact-store";
import { noSuchFirmware } from "./find-firmware";
import { firmwareSubject } from "./views";

/**
 * Moves a version on: draft → testing → stable → deprecated, and from there back to testing (specification Task 1.2,
 * DESIGN 7). The first time it leaves the draft it gets the next sequence number of its type.
 * @throws forbidden, not_found, conflict (no such step, somebody was faster, no file, a second person is needed),
 *   invalid_input at `note` when it is deprecated without a reason
 */
export async function setFirmwareState({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.manage");
  const { id, from, to, note } = parseInput(setFirmwareStateSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const firmware = await tx.firmwareVersion.findUnique({
      where: { id },
      include: { artifact: true, history: { where: { to: "testing" }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 } },
    });
    if (!firmware) throw noSuchFirmware();
    if (firmware.state !== from)
      throw new AppError("conflict", "Somebody else has moved this version on meanwhile. Reload to see where it stands.");
    const refusal = stateRefusal({
      from,
      to,
      hasArtifact: firmware.artifact !== null,
      actorId: userId,
      testedById: firmware.history[0]?.actorId ?? null,
      needsSecondPerson: env().FIRMWARE_SECOND_PERSON,
      note,
    });
    if (refusal === "no_reason") throw fieldError("invalid_input", "note", STATE_REFUSALS.no_reason);
    if (refusal) throw new AppError("conflict", STATE_REFUSALS[refusal]);
    if (to !== "deprecated" && firmware.artifact && !(await hasArtifact(firmware.artifact)))
      throw new AppError("conflict", "Its file is missing from the store, or damaged. Upload the same file again first.");
    const sequence = firmware.sequence ?? (await nextSequence(tx, firmware.deviceType));
    // Loses to whoever moved it on first, and to an edit of the draft that was not looked at.
    const { count } = await tx.firmwareVersion.updateMany({
      where: { id, state: from, revision: firmware.revision },
      data: { state: to, sequence, revision: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has changed this version meanwhile. Reload to see where it stands.");
    await tx.firmwareStateChange.create({ data: { firmwareId: id, from, to, at: ctx.now, actorId: userId, note } });
    await announceEverywhere(tx, "firmware", [id]);
    await recordAudit(tx, ctx, [
      {
        action: `firmware.${to}`,
        subjectType: "firmware",
        subjectId: firmwareSubject(firmware),
        farmId: null,
        before: { state: from },
        after: { state: to, sequence, artifactSha256: firmware.artifactSha256, ...(note ? { note } : {}) },
      },
    ]);
  });
}

/** Two at once would take the same; the index lets one of them try again. */
async function nextSequence(tx: Transaction, deviceType: DeviceType): Promise<number> {
  const { _max } = await tx.firmwareVersion.aggregate({ where: { deviceType }, _max: { sequence: true } });
  return (_max.sequence ?? 0) + 1;
}
