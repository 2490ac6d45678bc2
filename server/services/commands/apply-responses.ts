import type { Transaction } from "@/server/db/client";
import type { ResponseState } from "@/server/domain/commands/schema";
import { completeDiagnostics } from "@/server/services/diagnostics/complete-diagnostics";

export interface DeviceResponse {
  id: string;
  state: ResponseState;
  /** The device's clock, Unix milliseconds. */
  ts?: number;
  result?: Record<string, unknown>;
  error?: string;
  /** Of a refused firmware update. */
  code?: string;
}

/**
 * Settles commands by what their devices answered, in one statement, and then the diagnostics that waited for them. A
 * device can only answer its own commands; what is finished stays as it is, so duplicates and late arrivals change
 * nothing.
 */
export async function applyResponses(
  tx: Transaction,
  responses: readonly (DeviceResponse & { deviceId: string })[],
  now: Date,
): Promise<void> {
  const latest = new Map<string, DeviceResponse & { deviceId: string }>();
  for (const response of responses) {
    const key = `${response.deviceId} ${response.id}`;
    const known = latest.get(key);
    // "acknowledged" after a final answer in the same batch is a reordering, not news.
    if (!known || known.state === "acknowledged") latest.set(key, response);
  }
  const diagnosed = await tx.$queryRaw<{ id: string }[]>`
    WITH settled AS (
      UPDATE device_command c SET
        state = r.state::command_state,
        acknowledged_at = coalesce(c.acknowledged_at, ${now}::timestamptz),
        finished_at = CASE WHEN r.state = 'acknowledged' THEN NULL ELSE ${now}::timestamptz END,
        result = coalesce(r.result, c.result), error = r.error
      FROM jsonb_to_recordset(${JSON.stringify([...latest.values()])}::jsonb) AS r(id uuid, "deviceId" text, state text, result jsonb, error text),
        device d
      WHERE c.id = r.id AND d.id = c.device_key AND d.device_id = r."deviceId"
        AND c.finished_at IS NULL AND NOT (r.state = 'acknowledged' AND c.state = 'acknowledged')
      RETURNING c.id, c.kind, c.finished_at
    )
    SELECT id FROM settled WHERE kind = 'diagnostic' AND finished_at IS NOT NULL`;
  const commandIds = diagnosed.map(({ id }) => id);
  const clocksMs = new Map([...latest.values()].flatMap(({ id, ts }) => (ts === undefined ? [] : [[id, ts] as const])));
  await completeDiagnostics(tx, { commandIds, clocksMs }, now);
}
