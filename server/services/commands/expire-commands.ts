import type { Database } from "@/server/db/client";
import { completeDiagnostics } from "@/server/services/diagnostics/complete-diagnostics";

/** Closes what nobody answered in time, and the diagnostics that waited for it. @returns how many commands expired */
export async function expireCommands(db: Database, now: Date): Promise<number> {
  const expired = await db.$queryRaw<{ id: string; kind: string }[]>`
    WITH expired AS (
      UPDATE device_command c SET state = 'expired', finished_at = now(), error = 'The device did not answer in time.'
      FROM device d WHERE d.id = c.device_key AND c.finished_at IS NULL AND c.expires_at <= now()
      RETURNING c.id, c.kind, d.device_id, d.farm_id
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(DISTINCT device_id)
      FROM expired HAVING count(*) > 0
    )
    SELECT id, kind::text FROM expired`;
  const commandIds = expired.filter(({ kind }) => kind === "diagnostic").map(({ id }) => id);
  if (commandIds.length > 0) await db.$transaction((tx) => completeDiagnostics(tx, { commandIds }, now));
  return expired.length;
}

const GIVEN_UP_AFTER_MS = 2 * 3_600_000;

/** Closes diagnostics that a crash or a decommissioning left without an end. @returns how many */
export function closeLeftBehind(db: Database, now: Date): Promise<number> {
  return db.$transaction((tx) => completeDiagnostics(tx, { leftBehindBefore: new Date(now.getTime() - GIVEN_UP_AFTER_MS) }, now));
}
