import { randomUUID } from "node:crypto";
import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { ManifestClaims } from "@/server/domain/firmware/manifest";
import { lockDeviceStates } from "@/server/services/commands/enqueue-commands";
import { deadlineSql } from "../deadline-sql";
import { moveTargets } from "../move-targets";
import { inPart, verdictSql, waitSql, type Look } from "./hold-targets";

/** Told in one tick; what is more is told by the next, five seconds later. */
const MAX_CLAIMED = 2_000;
const MANIFEST_SECONDS = 7 * 24 * 3_600;

/** What the engine gets from the outside: who signs, and where devices download. */
export interface Delivery {
  sign: (tx: Transaction, manifests: readonly ManifestClaims[], now: Date) => Promise<string[]>;
  urlFor: (download: { sha256: string; deviceId: string; expiresAt: Date }) => string;
}

interface ClaimedRow {
  id: string;
  device_key: string;
  device_id: string;
  attempt: number;
  device_type: DeviceType;
  manufacturer: string;
  models: string[];
  version: string;
  sequence: number;
  size_bytes: number;
  sha256: string;
  is_rollback: boolean;
  deadline_at: Date;
  /** Why it cannot be told after all. */
  out: string | null;
  hold: string | null;
}

/**
 * Tells as many waiting devices as the limits allow, each once: pending → sent together with its command in the outbox,
 * in one transaction and a fixed number of statements. If anything fails before the commit, nobody was told.
 * @returns how many
 */
export async function claimTargets(tx: Transaction, now: Date, look: Look, { sign, urlFor }: Delivery): Promise<number> {
  const inTurn = await chooseTargets(tx, now, look);
  if (inTurn.length === 0) return 0;
  await holdBack(tx, now, inTurn);
  const chosen = inTurn.filter(mayBeTold);
  // A statement of its own: whoever waited for the lock has to see the numbers that were given out meanwhile.
  await lockDeviceStates(
    tx,
    chosen.map((row) => row.device_key),
  );
  const expiresAt = new Date(now.getTime() + MANIFEST_SECONDS * 1000);
  const manifests = await sign(
    tx,
    chosen.map((row) => claimsOf(row, now, expiresAt)),
    now,
  );
  const told = chosen.map((row, index) => ({
    command: randomUUID(),
    target: row.id,
    device_key: row.device_key,
    deadline_at: row.deadline_at,
    params: {
      execution: row.id,
      attempt: row.attempt,
      manifest: manifests[index],
      url: urlFor({ sha256: row.sha256, deviceId: row.device_id, expiresAt }),
    },
  }));
  await tx.$executeRaw`
    INSERT INTO device_command (id, device_key, seq, kind, payload, issued_at, available_at, expires_at)
    SELECT n.command, n.device_key, (SELECT coalesce(max(c.seq), 0) + 1 FROM device_command c WHERE c.device_key = n.device_key),
      'firmware_update', n.params, ${now}::timestamptz, ${now}::timestamptz, ${expiresAt}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS n(command uuid, device_key uuid, params jsonb)`;
  const commands = told.map(({ params: _, ...rest }) => rest);
  return moveTargets(
    tx,
    now,
    Prisma.sql`
    UPDATE rollout_target t SET state = 'sent', reason = NULL, command_id = n.command, sent_at = ${now}::timestamptz,
      state_at = ${now}::timestamptz, from_version = s.firmware_version, from_boot_id = s.boot_id, deadline_at = n.deadline_at
    FROM jsonb_to_recordset(${JSON.stringify(commands)}::jsonb) AS n(command uuid, target uuid, device_key uuid, deadline_at timestamptz),
      device_state s
    WHERE t.id = n.target AND s.device_key = n.device_key AND t.state = 'pending'`,
  );
}

const mayBeTold = ({ out, hold }: ClaimedRow) => out === null && hold === null;

/** Whose turn it is and who has to wait: of many, not all had been looked at. */
async function holdBack(tx: Transaction, now: Date, inTurn: readonly ClaimedRow[]): Promise<void> {
  const waiting = inTurn.filter((row) => !mayBeTold(row)).map(({ id, out, hold }) => ({ id, out, hold }));
  await tx.$executeRaw`
    UPDATE rollout_target t SET ${waitSql(now)}
    FROM jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) AS p(id uuid, out text, hold text) WHERE t.id = p.id AND t.state = 'pending'`;
}

/**
 * Whose turn it is: by stage and cohort, at most as many as may be under way in the rollout, in the minute and in the
 * device's group (over all rollouts). Locked, so that two ticks at once choose different ones. Whoever is under way
 * comes first in its group's count. Written so that it stays linear when the planner takes nobody to be under way: what
 * it knows of these tables is always old.
 */
async function chooseTargets(tx: Transaction, now: Date, { holds, part }: Look): Promise<ClaimedRow[]> {
  return tx.$queryRaw<ClaimedRow[]>`
    WITH under_way AS MATERIALIZED (
      SELECT t.rollout_id, t.device_key, d.group_id FROM rollout_target t JOIN device d ON d.id = t.device_key
      WHERE t.state >= 'sent' AND t.state <= 'verifying'
    ), budget AS MATERIALIZED (
      SELECT r.id, r.current_stage, r.max_in_flight_group, least(r.max_in_flight - (SELECT count(*) FROM under_way u WHERE u.rollout_id = r.id),
        CASE WHEN r.rate_per_minute IS NOT NULL THEN r.rate_per_minute - (SELECT count(*) FROM rollout_log l
          WHERE l.rollout_id = r.id AND l.at > ${now}::timestamptz - interval '1 minute' AND l.state = 'sent') END) AS free
      FROM rollout r WHERE r.state = 'in_progress'
    ), pool AS (
      SELECT t.*, b.free, b.max_in_flight_group, d.group_id FROM budget b CROSS JOIN LATERAL (
        SELECT t.id, t.rollout_id, t.position, t.cohort, t.device_key FROM rollout_target t
        WHERE t.rollout_id = b.id AND NOT t.superseded AND t.state = 'pending' AND t.position <= b.current_stage
          AND t.device_key NOT IN (SELECT device_key FROM under_way) AND (b.max_in_flight_group IS NULL OR ${inPart(Prisma.sql`t.cohort`, part)})
        ORDER BY t.position, t.cohort, t.id
        -- Only a limit for groups makes it look beyond the first.
        LIMIT CASE WHEN b.max_in_flight_group IS NULL THEN least(b.free, ${MAX_CLAIMED}) END) t
      JOIN device d ON d.id = t.device_key WHERE b.free > 0
      UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, group_id FROM under_way WHERE group_id IS NOT NULL
    ), grouped AS (
      SELECT *, row_number() OVER (PARTITION BY group_id ORDER BY id IS NOT NULL, position, cohort, id) AS nth_of_group FROM pool
    ), fitting AS (
      SELECT id, free, row_number() OVER (PARTITION BY rollout_id ORDER BY position, cohort, id) AS nth
      FROM grouped WHERE id IS NOT NULL AND (group_id IS NULL OR max_in_flight_group IS NULL OR nth_of_group <= max_in_flight_group)
    ), chosen AS MATERIALIZED (
      SELECT id FROM fitting WHERE nth <= free ORDER BY nth LIMIT ${MAX_CLAIMED}
    )
    SELECT t.id, t.device_key, d.device_id, t.attempt, w.device_type::text, w.manufacturer, w.compatible_models AS models, w.version,
      w.sequence, f.size_bytes, f.sha256, r.kind = 'rollback' AS is_rollback, ${deadlineSql(Prisma.sql`'sent'`, Prisma.sql`r.patience`, now)} AS deadline_at, ${verdictSql(holds)}
    FROM chosen c JOIN rollout_target t ON t.id = c.id JOIN rollout r ON r.id = t.rollout_id
    JOIN device d ON d.id = t.device_key JOIN device_state s ON s.device_key = d.id
    JOIN firmware_version w ON w.id = t.firmware_id JOIN firmware_artifact f ON f.sha256 = w.artifact_sha256
    WHERE t.state = 'pending' AND r.state = 'in_progress'
    ORDER BY t.device_key FOR UPDATE OF t SKIP LOCKED`;
}

function claimsOf(row: ClaimedRow, now: Date, expiresAt: Date): ManifestClaims {
  return {
    execution: row.id,
    device: row.device_id,
    deviceType: row.device_type,
    manufacturer: row.manufacturer,
    models: row.models,
    version: row.version,
    sequence: row.sequence,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    allowDowngrade: row.is_rollback,
    iat: Math.floor(now.getTime() / 1000),
    exp: Math.floor(expiresAt.getTime() / 1000),
  };
}
