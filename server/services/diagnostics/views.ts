import type { Diagnostic } from "@/server/db/generated/client";
import type { Check } from "@/server/domain/diagnostics/check";

/** A diagnostic as a list shows it. */
export type DiagnosticSummary = ReturnType<typeof toDiagnosticSummary>;

export function toDiagnosticSummary(row: Diagnostic, requestedBy: string | null) {
  const checks = checksOf(row);
  const count = (result: Check["result"]) => checks.filter((check) => check.result === result).length;
  return {
    id: row.id,
    state: row.state,
    requestedAt: row.requestedAt,
    requestedBy,
    finishedAt: row.finishedAt,
    result: row.result,
    counts: { passed: count("passed"), warning: count("warning"), failed: count("failed") },
  };
}

/** The checks as they were written by `completeDiagnostics`; nobody else writes them. */
export function checksOf(row: Diagnostic): Check[] {
  return row.checks as unknown as Check[];
}
