import { Prisma } from "@/server/db/generated/client";
import type { Database } from "@/server/db/client";
import { listAuditSchema, type AuditFilter } from "@/server/domain/audit/schema";
import { AppError, fieldError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { ActivityView } from "./list-activity";

export interface AuditEventView extends ActivityView {
  chain: string;
  seq: string;
  farm: { id: string; code: string; name: string } | null;
  requestId: string | null;
  /** SHA-256, hexadecimal; what the next event of the chain builds on. */
  hash: string;
}

export interface AuditPage {
  events: AuditEventView[];
  nextCursor: string | null;
}

/**
 * One page of the audit log, the newest first: for admins everything, for managers what concerns their farms. One
 * statement; deep pages cost what the first does.
 */
export async function listAudit({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AuditPage> {
  const { cursor, pageSize, ...filter } = parseInput(listAuditSchema, input);
  return readAuditPage(ctx.db, { filter, farmIds: auditedFarms(ctx), cursor, pageSize });
}

/**
 * The farms whose audit log the caller may read; `undefined` = all of it.
 * @throws forbidden for whoever has no such farm
 */
export function auditedFarms({ actor }: ServiceContext): string[] | undefined {
  const farmIds = farmIdsWith(actor, "audit.read");
  if (farmIds?.length === 0) throw new AppError("forbidden", "The audit log is for admins and farm managers.");
  return farmIds;
}

interface PageRequest {
  filter: AuditFilter;
  /** The caller's farms; `undefined` = everything. */
  farmIds: string[] | undefined;
  cursor: string | null | undefined;
  pageSize: number;
}

interface AuditRow extends Omit<AuditEventView, "key" | "farm" | "seq"> {
  seq: bigint;
  farmId: string | null;
  farmCode: string | null;
  farmName: string | null;
}

export async function readAuditPage(db: Database, { filter, farmIds, cursor, pageSize }: PageRequest): Promise<AuditPage> {
  const conditions = [
    ...(farmIds ? [Prisma.sql`e.farm_id = ANY(${farmIds}::uuid[])`] : []),
    ...conditionsOf(filter),
    ...(cursor ? [afterSql(cursor)] : []),
  ];
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
  const rows = await db.$queryRaw<AuditRow[]>`
    SELECT e.chain, e.seq, e.at, e.actor_kind::text AS "actorKind", e.actor_label AS "actorLabel", e.action,
      e.subject_type AS "subjectType", e.subject_id AS "subjectId", e.before, e.after, e.request_id AS "requestId",
      encode(e.hash, 'hex') AS hash, e.farm_id AS "farmId", f.code AS "farmCode", f.name AS "farmName"
    FROM audit_event e LEFT JOIN farm f ON f.id = e.farm_id
    ${where} ORDER BY e.at DESC, e.chain DESC, e.seq DESC LIMIT ${pageSize + 1}`;
  const events = rows.slice(0, pageSize).map(toView);
  const last = events.at(-1);
  return { events, nextCursor: rows.length > pageSize && last ? encodeCursor(last) : null };
}

function toView({ farmId, farmCode, farmName, seq, ...row }: AuditRow): AuditEventView {
  return {
    ...row,
    seq: String(seq),
    key: `${row.chain}:${seq}`,
    farm: farmId ? { id: farmId, code: farmCode ?? farmId, name: farmName ?? farmId } : null,
  };
}

function conditionsOf({ from, to, actorKinds, subjectTypes, farmIds, search }: AuditFilter): Prisma.Sql[] {
  const pattern = `%${search.trim().replace(/[\\%_]/g, "\\$&")}%`;
  return [
    ...(from ? [Prisma.sql`e.at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`] : []),
    ...(to ? [Prisma.sql`e.at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`] : []),
    ...(actorKinds.length > 0 ? [Prisma.sql`e.actor_kind::text = ANY(${actorKinds}::text[])`] : []),
    ...(subjectTypes.length > 0 ? [Prisma.sql`e.subject_type = ANY(${subjectTypes}::text[])`] : []),
    ...(farmIds.length > 0 ? [Prisma.sql`e.farm_id = ANY(${farmIds}::uuid[])`] : []),
    ...(search.trim()
      ? [
          Prisma.sql`(e.actor_label ILIKE ${pattern} OR e.action ILIKE ${pattern} OR e.subject_id ILIKE ${pattern}
            OR e.request_id ILIKE ${pattern} OR e.before::text ILIKE ${pattern} OR e.after::text ILIKE ${pattern})`,
        ]
      : []),
  ];
}

function encodeCursor({ at, chain, seq }: AuditEventView): string {
  return Buffer.from(JSON.stringify([at.toISOString(), chain, seq])).toString("base64url");
}

function afterSql(cursor: string): Prisma.Sql {
  const [at, chain, seq] = decodeCursor(cursor);
  return Prisma.sql`(e.at, e.chain, e.seq) < (${at}::timestamptz, ${chain}::text, ${seq}::bigint)`;
}

function decodeCursor(cursor: string): [string, string, string] {
  try {
    const value = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown;
    if (Array.isArray(value)) {
      const [at, chain, seq] = value as unknown[];
      const isTime = typeof at === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !isNaN(Date.parse(at));
      const isChain = typeof chain === "string" && /^[a-z0-9-]{1,40}$/.test(chain);
      if (isTime && isChain && typeof seq === "string" && /^\d{1,18}$/.test(seq)) return [at, chain, seq];
    }
  } catch {
    // Said below.
  }
  throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
}
