import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { FAILURE_CODES } from "@/server/domain/rollouts/vocabulary";
import type { DeviceResponse } from "@/server/services/commands/apply-responses";
import { moveTargets } from "./move-targets";

/**
 * Ends the updates that devices did not take on: the command was answered `failed`, with the reason's code
 * (docs/device-protocol.md, section 7.1). A device that has begun was not refusing, whatever arrives late.
 * @returns how many targets have failed
 */
export async function applyRefusals(
  tx: Transaction,
  responses: readonly (DeviceResponse & { deviceId: string })[],
  now: Date,
): Promise<number> {
  const refusals = responses
    .filter(({ state }) => state === "failed")
    .map(({ id, deviceId, code, error }) => ({
      command: id,
      device_id: deviceId,
      code: FAILURE_CODES.find((known) => known === code) ?? "unknown",
      error: error ?? null,
    }));
  if (refusals.length === 0) return 0;
  return moveTargets(
    tx,
    now,
    Prisma.sql`
    UPDATE rollout_target t SET state = 'failed', failure_code = r.code, error = r.error, state_at = ${now}::timestamptz,
      finished_at = ${now}::timestamptz, deadline_at = NULL
    FROM jsonb_to_recordset(${JSON.stringify(refusals)}::jsonb) AS r(command uuid, device_id text, code text, error text), device d
    WHERE t.command_id = r.command AND d.id = t.device_key AND d.device_id = r.device_id AND t.state = 'sent'`,
  );
}
