import { randomUUID } from "node:crypto";
import type { Database } from "@/server/db/client";
import { AppError } from "@/server/errors";

/**
 * Runs `work` while nobody else runs under the same name, by the database's clock. A holder that died is replaced when
 * its lease runs out.
 * @param seconds longer than the work may take; the work must bound itself
 * @throws conflict when somebody else holds the lease
 */
export async function withLease<T>(db: Database, name: string, seconds: number, work: (epoch: bigint) => Promise<T>): Promise<T> {
  const owner = randomUUID();
  const [lease] = await db.$queryRaw<{ epoch: bigint }[]>`
    INSERT INTO lease (name, owner, expires_at) VALUES (${name}, ${owner}, now() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, epoch = lease.epoch + 1, expires_at = excluded.expires_at
    WHERE lease.expires_at <= now()
    RETURNING epoch`;
  if (!lease) throw new AppError("conflict", `The job "${name}" is already running.`);
  try {
    return await work(lease.epoch);
  } finally {
    // Only ours: if the lease ran out meanwhile, it may be somebody else's now.
    await db.$executeRaw`UPDATE lease SET expires_at = now() WHERE name = ${name} AND owner = ${owner}`;
  }
}
