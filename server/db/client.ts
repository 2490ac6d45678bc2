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
}

/**
 * Opens a pool. One driver for the embedded database and for PostgreSQL, so no caller asks which it has.
 * Every wait is bounded: a statement 30 s, an idle transaction 10 s, a connection 5 s.
 */
export function openDatabase({ url, poolSize }: DatabaseOptions): Database {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 10_000,
      application_name: "smart-dairy",
    },
    { onPoolError: (error) => log.warn({ err: error }, "an idle database connection was lost") },
  );
  return new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
}
