import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { previewRetentionSchema, type Retention } from "@/server/domain/retention/settings";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { MOST_FILES_A_RUN, unusedArtifactsSql } from "@/server/services/firmware/sweep-store";
import { MOST_IMPORTS_A_RUN, oldImports, unusedImports } from "@/server/services/imports/sweep-imports";
import { parseInput } from "@/server/services/parse";
import { BATCH_ROWS, MOST_BATCHES } from "./delete-expired";
import { EXPIRED, EXPIRED_KINDS, type ExpiredKind } from "./expired-sql";

/** Counting stops here: nobody decides otherwise for the rows beyond. */
const COUNTED_ROWS = 1_000_000;

export type DoomedKind = ExpiredKind | "imports" | "unusedImports" | "firmwareFiles";

export interface Doomed {
  kind: DoomedKind;
  rows: number;
  /** There are more than were counted. */
  isAtLeast: boolean;
  /** Of files exact, of rows by the table's mean with its indexes; `null` where that says nothing. */
  bytes: number | null;
  /** Rows that one run of housekeeping deletes at most. */
  perRun: number;
}

/** What the next runs of housekeeping would delete under other settings; kinds of which nothing goes are left out. Nothing is changed. */
export async function previewRetention({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Doomed[]> {
  requireAdmin(ctx.actor);
  const { settings } = parseInput(previewRetentionSchema, input);
  const [byAge, files] = await Promise.all([countExpired(ctx.db, settings), countFiles(ctx.db, settings, ctx.now)]);
  return [...byAge, ...files].filter(({ rows }) => rows > 0);
}

async function countExpired(db: Database, settings: Retention): Promise<Doomed[]> {
  const counts = EXPIRED_KINDS.flatMap((kind) => {
    const expired = EXPIRED[kind](settings);
    if (!expired) return [];
    const { table, where } = expired;
    return Prisma.sql`
      SELECT ${kind} AS kind, n.rows, n.rows * (pg_total_relation_size(c.oid)::float8 / greatest(c.reltuples, n.rows, 1)) AS bytes
      FROM pg_class c, (SELECT count(*)::int AS rows FROM (SELECT 1 FROM ${table} t WHERE ${where} LIMIT ${COUNTED_ROWS + 1}::int) AS found) n
      WHERE c.relname = ${table.sql} AND c.relnamespace = 'public'::regnamespace`;
  });
  const rows = await db.$queryRaw<{ kind: ExpiredKind; rows: number; bytes: number }[]>(Prisma.join(counts, " UNION ALL "));
  return rows.map(({ kind, rows: counted, bytes }) => ({
    kind,
    rows: Math.min(counted, COUNTED_ROWS),
    isAtLeast: counted > COUNTED_ROWS,
    bytes: Math.round(bytes),
    perRun: BATCH_ROWS * MOST_BATCHES,
  }));
}

async function countFiles(db: Database, settings: Retention, now: Date): Promise<Doomed[]> {
  const imports = async (kind: DoomedKind, where: Prisma.ImportJobWhereInput): Promise<Doomed> => {
    const { _count, _sum } = await db.importJob.aggregate({ where, _count: true, _sum: { sizeBytes: true } });
    return { kind, rows: _count, isAtLeast: false, bytes: _sum.sizeBytes ?? 0, perRun: MOST_IMPORTS_A_RUN };
  };
  const firmware = async (): Promise<Doomed> => {
    const [found] = await db.$queryRaw<{ rows: number; bytes: number }[]>`
      SELECT count(*)::int AS rows, coalesce(sum(a.size_bytes), 0)::float8 AS bytes FROM firmware_artifact a
      WHERE ${unusedArtifactsSql(now, settings)}`;
    return { kind: "firmwareFiles", rows: found?.rows ?? 0, isAtLeast: false, bytes: found?.bytes ?? 0, perRun: MOST_FILES_A_RUN };
  };
  const old = oldImports(now, settings);
  return Promise.all([
    imports("imports", old),
    // What is both goes once.
    imports("unusedImports", { AND: [unusedImports(now, settings), { NOT: old }] }),
    firmware(),
  ]);
}
