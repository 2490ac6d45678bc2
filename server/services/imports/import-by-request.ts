import { z } from "zod";
import { matchColumns } from "@/server/domain/imports/match-columns";
import { importSettingsSchema } from "@/server/domain/imports/schema";
import { fieldError } from "@/server/errors";
import { farmIdsWith } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { checkImport } from "./check-import";
import { discardImport } from "./discard-import";
import { getImport } from "./get-import";
import { type ImportRowView, listImportRows } from "./list-rows";
import { receiveFile } from "./receive-file";
import type { ImportView } from "./views";

const requestSchema = importSettingsSchema.omit({ defaultFarmId: true }).extend({
  fileName: z.string().default("devices.csv"),
  /** Code of the farm for new devices whose row names none. */
  defaultFarm: z.string().trim().toUpperCase().nullish(),
  /** Stops when every row is judged. */
  dryRun: z.boolean().default(false),
  requestKey: z.string().nullish(),
});

/**
 * Specification 7.2, POST devices/import: the same check and the same limits as in the console, columns by their names,
 * and the import at once when the check finds nothing in the way. The work goes on in the background.
 * @throws invalid_input at `file`, `mapping` (what columns lack) or `defaultFarm`
 */
export async function importByRequest({
  ctx,
  input,
  chunks,
}: {
  ctx: ServiceContext;
  input: unknown;
  chunks: AsyncIterable<Uint8Array>;
}): Promise<ImportReport> {
  const { fileName, defaultFarm, dryRun, requestKey, ...settings } = parseInput(requestSchema, input);
  const defaultFarmId = defaultFarm ? await farmIdOf(ctx, defaultFarm) : null;
  const received = await receiveFile({ ctx, input: { fileName, requestKey }, chunks });
  if (received.state !== "uploaded") return reportOf(received, []);
  const mapping = matchColumns(received.header);
  try {
    const view = await checkImport({ ctx, input: { id: received.id, mapping, defaultFarmId, ...settings }, commitsItself: !dryRun });
    return reportOf(view, []);
  } catch (error) {
    await discardImport({ ctx, input: { id: received.id } });
    throw error;
  }
}

async function farmIdOf(ctx: ServiceContext, code: string): Promise<string> {
  const readable = farmIdsWith(ctx.actor, "device.read");
  const farm = await ctx.db.farm.findFirst({ where: { code, ...(readable ? { id: { in: readable } } : {}) }, select: { id: true } });
  if (!farm) throw fieldError("invalid_input", "defaultFarm", `There is no farm ${code} among yours.`);
  return farm.id;
}

/** An import as integrators see it. */
export interface ImportReport {
  id: string;
  state: ImportView["state"];
  progress: number;
  /** Why nothing came of it. */
  failure: string | null;
  /** Columns of the file that are not read. */
  ignoredColumns: string[];
  /** What the check found: rows by verdict. */
  verdicts: ImportView["verdicts"];
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  errors: number;
  /** The wrong rows, by number, so many at a time. */
  wrongRows: Pick<ImportRowView, "row" | "line" | "deviceId" | "issues">[];
  nextCursor: number | null;
}

const reportSchema = z.object({ id: z.uuid(), cursor: z.number().int().min(0).default(0) });
const WRONG_ROWS = 200;

/** How far an import is, and which rows are wrong. @throws not_found unless it is the caller's */
export async function getImportReport({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ImportReport> {
  const { id, cursor } = parseInput(reportSchema, input);
  const view = await getImport({ ctx, input: { id } });
  const { rows, nextCursor } = await listImportRows({ ctx, input: { id, verdicts: ["error"], cursor, limit: WRONG_ROWS } });
  return { ...reportOf(view, rows), nextCursor };
}

function reportOf(view: ImportView, rows: readonly ImportRowView[]): ImportReport {
  const { id, state, progress, failure, verdicts, total, result } = view;
  return {
    id,
    state,
    progress,
    failure,
    ignoredColumns: view.header.filter((_, index) => view.mapping.length > 0 && view.mapping[index] === null),
    verdicts,
    total,
    ...result,
    wrongRows: rows.map(({ row, line, deviceId, issues }) => ({ row, line, deviceId, issues })),
    nextCursor: null,
  };
}
