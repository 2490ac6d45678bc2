import { PrismaPg } from "@prisma/adapter-pg";
import { logFor } from "@/server/log";
import { PrismaClient } from "./generated/client";

const log = logFor("database");

export type Database = PrismaClient;
/** What a service uses inside a transaction; the global client would wait for itself there. */
export type Transaction = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** How long a caller waits for a connection or for its transaction to begin. */
  patienceMs?: number;
}

/**
 * Opens a pool. One driver for the embedded database and for PostgreSQL, so no caller asks which it has.
 * Every wait is bounded: a statement 30 s, an idle transaction 10 s, a connection `patienceMs`.
 */
export function openDatabase({ url, poolSize, patienceMs = 5_000 }: DatabaseOptions): Database {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: patienceMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 10_000,
      application_name: "smart-dairy",
      // Compiling a statement takes longer than running any of ours, and a health check's estimate invites it every minute.
      // The joins of a large fleet fit into 16 MB; PostgreSQL's own 4 would send them through files.
      options: "-c jit=off -c work_mem=16MB",
    },
    { onPoolError: (error) => log.warn({ err: error }, "an idle database connection was lost") },
  );
  return new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: { maxWait: patienceMs, timeout: 10_000 } });
}
