import type { Transaction } from "@/server/db/client";
import { IMPORT_VERDICTS, type ImportVerdict } from "@/server/domain/imports/vocabulary";
import type { JudgedRow } from "./judge-rows";

const RECORD = `row_no int, line int, cells jsonb, surplus_cells int, device_id text, mac_address text, serial_key text, verdict import_verdict,
  device_key uuid, version int, "values" jsonb, former jsonb, changes jsonb, issues jsonb, reason text`;

/** Puts judged rows where the import finds them. A new device gets its key here. One statement, one parameter. */
export async function insertRows(tx: Transaction, importId: string, rows: readonly JudgedRow[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO import_row (import_id, row_no, line, cells, surplus_cells, device_id, mac_address, serial_key, verdict, device_key, version, "values",
      former, changes, issues, reason)
    SELECT $1::uuid, row_no, line, cells, surplus_cells, device_id, mac_address, serial_key, verdict,
      CASE verdict WHEN 'create' THEN gen_random_uuid() ELSE device_key END, version, "values", former, changes, issues, reason
    FROM jsonb_to_recordset($2::jsonb) AS r(${RECORD})`,
    importId,
    JSON.stringify(rows),
  );
}

/** The same for rows that are there already. */
export async function updateRows(tx: Transaction, importId: string, rows: readonly JudgedRow[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE import_row t SET cells = r.cells, device_id = r.device_id, mac_address = r.mac_address, serial_key = r.serial_key, verdict = r.verdict,
      device_key = CASE r.verdict WHEN 'create' THEN gen_random_uuid() ELSE r.device_key END, version = r.version, "values" = r."values",
      former = r.former, changes = r.changes, issues = r.issues, reason = r.reason
    FROM jsonb_to_recordset($2::jsonb) AS r(${RECORD}) WHERE t.import_id = $1::uuid AND t.row_no = r.row_no`,
    importId,
    JSON.stringify(rows),
  );
}

export function countVerdicts(rows: readonly { verdict: ImportVerdict }[]): Record<ImportVerdict, number> {
  const counts = Object.fromEntries(IMPORT_VERDICTS.map((verdict) => [verdict, 0])) as Record<ImportVerdict, number>;
  for (const { verdict } of rows) counts[verdict]++;
  return counts;
}

/** Farms that are written to. */
export function farmIdsOf(rows: readonly JudgedRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.farm_id ?? []))];
}
