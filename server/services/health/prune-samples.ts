import type { Database } from "@/server/db/client";

/** A year and a month, so that this spring can be held against the last. */
const KEEP_DAYS = 400;
/** Rows at once; every five minutes this is 5.7 million a day, more than 200,000 devices add. */
const CHUNK = 20_000;

/** Forgets the oldest hours of history, a bounded number at a time, because a long DELETE would hold up ingest. */
export async function pruneSamples(db: Database): Promise<number> {
  return db.$executeRaw`
    DELETE FROM health_sample WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM health_sample WHERE hour < now() - make_interval(days => ${KEEP_DAYS}::int) ORDER BY hour LIMIT ${CHUNK}::int))`;
}
