import { nextStates, STATE_REFUSALS, stateRefusal } from "@/server/domain/firmware/lifecycle";
import { firmwareIdSchema } from "@/server/domain/firmware/schema";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import { env } from "@/server/env";
import { allowsInOrganisation, requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { findFirmware } from "./find-firmware";
import { visibleSql } from "./firmware-sql";
import type { FirmwareView } from "./views";

export interface FirmwareStateView {
  id: string;
  from: FirmwareState | null;
  to: FirmwareState;
  at: Date;
  /** `null` = not a person. */
  by: string | null;
  note: string | null;
}

export interface FirmwarePageView extends FirmwareView {
  /** Oldest first. */
  history: FirmwareStateView[];
  /** Other versions for the same type, the newest first, to compare with. */
  others: { id: string; version: string; state: FirmwareState }[];
  mayManage: boolean;
  /** Where it may go from here, and what stands in the way. Empty for who does not manage firmware. */
  steps: { to: FirmwareState; refusal: string | null }[];
}

const MAX_OTHERS = 500;

/** One version with who moved it from state to state. @throws forbidden, not_found */
export async function getFirmware({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FirmwarePageView> {
  const { userId } = requireOrganisationPermission(ctx.actor, "firmware.view");
  const { id } = parseInput(firmwareIdSchema, input);
  const firmware = await findFirmware(ctx.db, ctx, id);
  const [history, others] = await Promise.all([
    ctx.db.$queryRaw<(FirmwareStateView & { actorId: string | null })[]>`
      SELECT c.id, c."from"::text, c."to"::text, c.at, u.name AS by, c.note, c.actor_id AS "actorId"
      FROM firmware_state_change c LEFT JOIN "user" u ON u.id = c.actor_id WHERE c.firmware_id = ${id}::uuid ORDER BY c.at, c.id`,
    ctx.db.$queryRaw<FirmwarePageView["others"]>`
      SELECT f.id, f.version, f.state::text FROM firmware_version f
      WHERE f.device_type = ${firmware.deviceType}::device_type AND f.id <> ${id}::uuid AND ${visibleSql(ctx.actor)}
      ORDER BY f.version_key COLLATE "C" DESC LIMIT ${MAX_OTHERS}`,
  ]);
  const mayManage = allowsInOrganisation(ctx.actor, "firmware.manage");
  const testedById = history.findLast(({ to }) => to === "testing")?.actorId ?? null;
  const refusalOf = (to: FirmwareState) =>
    stateRefusal({
      from: firmware.state,
      to,
      hasArtifact: firmware.sha256 !== null,
      actorId: userId,
      testedById,
      needsSecondPerson: env().FIRMWARE_SECOND_PERSON,
      // A reason is asked for when the step is taken.
      note: "asked for later",
    });
  return {
    ...firmware,
    history: history.map(({ actorId: _, ...change }) => change),
    others,
    mayManage,
    steps: mayManage
      ? nextStates(firmware.state).map((to) => {
          const refusal = refusalOf(to);
          return { to, refusal: refusal ? STATE_REFUSALS[refusal] : null };
        })
      : [],
  };
}
