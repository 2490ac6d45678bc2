import type { Database } from "@/server/db/client";
import { retryDelaySeconds, type CommandKind } from "@/server/domain/commands/schema";
import { expireCommands } from "./expire-commands";
import { holdRestarts } from "./hold-restarts";

export interface DueCommand {
  id: string;
  deviceId: string;
  seq: number;
  kind: CommandKind;
  payload: Record<string, unknown>;
  issuedAt: Date;
  expiresAt: Date;
}

interface DueRow {
  id: string;
  device_id: string;
  seq: bigint;
  kind: CommandKind;
  payload: Record<string, unknown>;
  issued_at: Date;
  expires_at: Date;
}

/**
 * Takes commands that are due and that no other publisher holds, and postpones each by its retry delay in the same
 * statement: if this process dies before it publishes, somebody sends the command after that delay. A device gets
 * its commands one after the other, each when the one before is finished; one that is known to be disconnected is not
 * tried until its next message, and a restart that nobody forced waits while its farm milks.
 */
export async function claimDueCommands(db: Database, limit: number, random: () => number): Promise<DueCommand[]> {
  const now = new Date();
  await expireCommands(db, now);
  const restartFarmIds = await holdRestarts(db, now);
  // One factor a claim is enough jitter: the attempts of a barn's devices spread with their own counters.
  const factor = random();
  const delays = Array.from({ length: 10 }, (_, index) => retryDelaySeconds(index + 1, factor));
  const rows = await db.$queryRaw<DueRow[]>`
    WITH picked AS MATERIALIZED (
      -- From the oldest on until the batch is full, one by one: what is due may be a hundred batches.
      SELECT q.id FROM (
        SELECT id FROM device_command
        WHERE finished_at IS NULL AND state <> 'acknowledged' AND available_at <= now() ORDER BY available_at
      ) due CROSS JOIN LATERAL (
        SELECT q.id FROM device_command q JOIN device_state s ON s.device_key = q.device_key
        WHERE q.id = due.id AND q.finished_at IS NULL AND q.state <> 'acknowledged' AND q.available_at <= now() AND s.connected
          -- A restart goes out only where it was just found that nobody milks.
          AND (q.kind <> 'restart' OR q.forced OR (SELECT v.farm_id = ANY(${restartFarmIds}::uuid[]) FROM device v WHERE v.id = q.device_key))
          -- By state, not by the end: the index of what is due is no way to one device's commands, small as it may look.
          AND NOT EXISTS (SELECT 1 FROM device_command e
            WHERE e.device_key = q.device_key AND e.seq < q.seq AND e.state IN ('queued', 'sent', 'acknowledged'))
        FOR UPDATE OF q SKIP LOCKED
      ) q LIMIT ${limit}
    ), claimed AS (
      UPDATE device_command c SET
        state = CASE WHEN c.state = 'queued' THEN 'sent'::command_state ELSE c.state END,
        sent_at = coalesce(c.sent_at, now()), attempts = c.attempts + 1,
        available_at = now() + (${delays}::float8[])[least(c.attempts + 1, 10)] * interval '1 second'
      FROM picked p, device d
      WHERE c.id = p.id AND d.id = c.device_key
      RETURNING c.id, d.device_id, d.farm_id, c.seq, c.kind, c.payload, c.issued_at, c.expires_at
    ), told AS (
      INSERT INTO change_feed (xid, topic, farm_ids, ids)
      SELECT (pg_current_xact_id()::text)::bigint, 'devices', array_agg(DISTINCT farm_id), array_agg(DISTINCT device_id)
      FROM claimed HAVING count(*) > 0
    )
    SELECT id, device_id, seq, kind::text, payload, issued_at, expires_at FROM claimed`;
  return rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    seq: Number(row.seq),
    kind: row.kind,
    payload: row.payload,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
  }));
}
