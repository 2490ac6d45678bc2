import type { Database, Transaction } from "./client";
import { Prisma } from "./generated/client";

/** Prisma: a unique value is taken, and a deadlock or serialization failure. */
const LOST_TO_ANOTHER = new Set(["P2002", "P2034"]);
/** PostgreSQL's names for the same, as raw statements report them. */
const LOST_TO_ANOTHER_RAW = new Set(["23505", "40001", "40P01"]);

/**
 * Runs `work` in one transaction, and once more when another transaction has just taken the same unique value or a
 * deadlock chose this one: the second run sees the winner and can say which field is taken. For work that checks
 * before it writes, where the index decides races.
 */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
  options?: { /** Milliseconds; for work on thousands of rows. */ timeout: number },
): Promise<T> {
  try {
    return await db.$transaction(work, options);
  } catch (error) {
    if (!lostToAnother(error)) throw error;
    return db.$transaction(work, options);
  }
}

function lostToAnother(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (LOST_TO_ANOTHER.has(error.code)) return true;
  const cause = (error.meta?.driverAdapterError as { cause?: { originalCode?: string } } | undefined)?.cause;
  return cause?.originalCode !== undefined && LOST_TO_ANOTHER_RAW.has(cause.originalCode);
}
