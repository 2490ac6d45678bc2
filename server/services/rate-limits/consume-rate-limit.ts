import type { Database } from "@/server/db/client";
import { AppError } from "@/server/errors";

interface Limit {
  /** What is limited and for whom, e.g. `setup:203.0.113.7`. */
  key: string;
  max: number;
  windowSeconds: number;
}

/** How much of a limit is used up. */
export interface RateLimitUse {
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  resetSeconds: number;
}

/**
 * Counts one use in a fixed window shared by every process.
 * @throws rate_limited with the seconds until the window ends
 */
export async function consumeRateLimit(db: Database, { key, max, windowSeconds }: Limit): Promise<RateLimitUse> {
  const [row] = await db.$queryRaw<{ count: number; left_ms: bigint }[]>`
    INSERT INTO rate_limit AS r (id, key, count, last_request)
    VALUES (gen_random_uuid(), ${key}, 1, (extract(epoch FROM now()) * 1000)::bigint)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.last_request + ${windowSeconds * 1000}::bigint <= excluded.last_request THEN 1 ELSE r.count + 1 END,
      last_request = CASE WHEN r.last_request + ${windowSeconds * 1000}::bigint <= excluded.last_request THEN excluded.last_request ELSE r.last_request END
    RETURNING count, (last_request + ${windowSeconds * 1000}::bigint - (extract(epoch FROM now()) * 1000)::bigint) AS left_ms`;
  const retryAfterSeconds = row ? Math.max(1, Math.ceil(Number(row.left_ms) / 1000)) : windowSeconds;
  if (!row || row.count <= max) return { limit: max, remaining: max - (row?.count ?? 0), resetSeconds: retryAfterSeconds };
  throw new AppError("rate_limited", `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}

/** Takes one use back, for limits that count failures only: used before the attempt, given back when it succeeds. */
export async function giveBackRateLimit(db: Database, key: string): Promise<void> {
  await db.$executeRaw`UPDATE rate_limit SET count = count - 1 WHERE key = ${key} AND count > 0`;
}
