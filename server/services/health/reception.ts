import type { Database, Transaction } from "@/server/db/client";
import type { CheckTime } from "./rules-sql";

/** How often whoever receives messages says so. */
export const BEAT_SECONDS = 10;
/** After this long without a beat, what was received before and after are two stretches. */
const GAP_SECONDS = 45;

/**
 * Notes that messages of devices are being received and stored at this moment. Any number of receivers may call it.
 * @param at the moment; left out = the database's clock, which a jump of the host's clock cannot fool
 */
export async function beatReception(db: Database, at?: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO reception AS r (id, since, alive_at) SELECT 1, at, at FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS at) AS beat
    ON CONFLICT (id) DO UPDATE SET alive_at = excluded.alive_at,
      since = CASE WHEN excluded.alive_at - r.alive_at NOT BETWEEN interval '0' AND make_interval(secs => ${GAP_SECONDS}::float8)
        THEN excluded.alive_at ELSE r.since END`;
}

export interface ReceptionView extends CheckTime {
  /** Seconds since the last beat; `null` = nobody has ever received anything, so nothing is known. */
  silentSeconds: number | null;
}

/** The moment of a check and since when devices are listened to. While nobody listens, silence counts from now. */
export async function readReception(db: Database | Transaction, at?: Date): Promise<ReceptionView> {
  const [row] = await db.$queryRaw<{ now: Date; since: Date | null; alive_at: Date | null }[]>`
    SELECT check_at.now, r.since, r.alive_at
    FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS now) AS check_at LEFT JOIN reception r ON r.id = 1`;
  const now = row?.now ?? new Date();
  if (!row?.since || !row.alive_at) return { now, receivingSince: null, silentSeconds: null };
  const silentSeconds = (now.getTime() - row.alive_at.getTime()) / 1000;
  return { now, receivingSince: silentSeconds > GAP_SECONDS ? now : row.since, silentSeconds };
}
