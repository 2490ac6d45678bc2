import { readdir } from "node:fs/promises";
import type { Database } from "@/server/db/client";
import { env } from "@/server/env";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface DatabaseStatus {
  isEmbedded: boolean;
  /** `17.5`. */
  version: string;
  sizeBytes: number;
  /** Largest first, with their indexes. */
  tables: { name: string; bytes: number; /** As last counted by the database; `null` = never. */ rows: number | null }[];
  /** Of the web process that answers: the most connections it opens. */
  poolSize: number;
  /** Of everybody to this database; `null` with the embedded one, which has a single session that all take turns in. */
  connections: { open: number; most: number } | null;
  /** Statements that wait for a lock, and how long the first has; `null` as above. */
  waiting: { statements: number; longestSeconds: number } | null;
  /** Files that this version brings and that are not applied. */
  pendingMigrations: string[];
  /** How long the simplest statement took, there and back. */
  answerMs: number;
}

const TABLES = 8;
const MIGRATIONS = "prisma/migrations";

/** How the database is. @throws forbidden unless the caller is an admin */
export async function getDatabaseStatus({ ctx }: { ctx: ServiceContext }): Promise<DatabaseStatus> {
  requireAdmin(ctx.actor);
  const { db } = ctx;
  const { DATABASE_SOCKET_FOLDER, DATABASE_POOL_SIZE } = env();
  const isEmbedded = DATABASE_SOCKET_FOLDER !== undefined;
  const asked = performance.now();
  await db.$queryRaw`SELECT 1`;
  const answerMs = performance.now() - asked;
  const [about] = await db.$queryRaw<{ version: string; bytes: number }[]>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes`;
  const tables = await db.$queryRaw<DatabaseStatus["tables"]>`
    SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes, nullif(reltuples, -1)::float8 AS rows
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC, 1 LIMIT ${TABLES}::int`;
  return {
    isEmbedded,
    version: about?.version ?? "unknown",
    sizeBytes: about?.bytes ?? 0,
    tables,
    poolSize: DATABASE_POOL_SIZE,
    ...(isEmbedded ? { connections: null, waiting: null } : await readActivity(db)),
    pendingMigrations: await findPending(db),
    answerMs: Math.round(answerMs * 10) / 10,
  };
}

async function readActivity(db: Database): Promise<Pick<DatabaseStatus, "connections" | "waiting">> {
  const [row] = await db.$queryRaw<{ open: number; most: number; statements: number; longest: number }[]>`
    SELECT count(*)::int AS open, current_setting('max_connections')::int AS most,
      count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS statements,
      coalesce(max(extract(epoch FROM now() - query_start)) FILTER (WHERE wait_event_type = 'Lock'), 0)::float8 AS longest
    FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`;
  if (!row) return { connections: null, waiting: null };
  return {
    connections: { open: row.open, most: row.most },
    waiting: { statements: row.statements, longestSeconds: row.longest },
  };
}

async function findPending(db: Database): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const applied = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const known = new Set(applied.map(({ name }) => name));
  return entries
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map(({ name }) => name)
    .sort();
}
