import Papa from "papaparse";
import { auditFilterSchema } from "@/server/domain/audit/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { auditedFarms, readAuditPage, type AuditEventView, type AuditPage } from "./list-audit";

const CHUNK = 1_000;
/** Excel takes a file without it for the local code page. */
const BYTE_ORDER_MARK = "\ufeff";

const COLUMNS: [string, (event: AuditEventView) => string][] = [
  ["Time (UTC)", (event) => event.at.toISOString()],
  ["Actor kind", (event) => event.actorKind],
  ["Actor", (event) => event.actorLabel],
  ["Action", (event) => event.action],
  ["Subject type", (event) => event.subjectType],
  ["Subject", (event) => event.subjectId],
  ["Farm", (event) => event.farm?.code ?? ""],
  ["Before", (event) => (event.before ? JSON.stringify(event.before) : "")],
  ["After", (event) => (event.after ? JSON.stringify(event.after) : "")],
  ["Request", (event) => event.requestId ?? ""],
  ["Chain", (event) => event.chain],
  ["Number", (event) => event.seq],
  ["Hash", (event) => event.hash],
];

/**
 * The audit log by filters as CSV (RFC 4180, UTF-8), the newest first, a chunk at a time. Text that a spreadsheet would
 * run as a formula is quoted with an apostrophe; times in UTC.
 */
export async function* exportAudit({ ctx, input }: { ctx: ServiceContext; input: unknown }): AsyncGenerator<string> {
  const filter = parseInput(auditFilterSchema, input);
  const farmIds = auditedFarms(ctx);
  const line = (rows: string[][]) => Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" }) + "\r\n";
  yield BYTE_ORDER_MARK + line([COLUMNS.map(([title]) => title)]);
  let cursor: string | null = null;
  do {
    const page: AuditPage = await readAuditPage(ctx.db, { filter, farmIds, cursor, pageSize: CHUNK });
    if (page.events.length > 0) yield line(page.events.map((event) => COLUMNS.map(([, cell]) => cell(event))));
    cursor = page.nextCursor;
  } while (cursor);
}
