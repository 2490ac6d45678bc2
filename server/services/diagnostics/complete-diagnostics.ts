import type { Transaction } from "@/server/db/client";
import { buildReport } from "@/server/domain/diagnostics/report";
import { announce } from "@/server/services/feed/announce";
import { loadFacts, type DiagnosticChoice } from "./load-facts";

/**
 * Writes the reports of diagnostics whose command is over: answered, failed, expired or cancelled. A fixed number of
 * statements, however many; what is closed already stays as it is.
 * @param choice.clocksMs what the devices' clocks said in their answers, by command
 * @returns how many were closed
 */
export async function completeDiagnostics(
  tx: Transaction,
  choice: DiagnosticChoice & { clocksMs?: ReadonlyMap<string, number> },
  now: Date,
): Promise<number> {
  if ("commandIds" in choice && choice.commandIds.length === 0) return 0;
  const facts = await loadFacts(tx, choice, now);
  if (facts.length === 0) return 0;
  const records = facts.map((diagnostic) => {
    const clockMs = diagnostic.commandId === null ? undefined : choice.clocksMs?.get(diagnostic.commandId);
    const server = { ...diagnostic.server, clockSkewMs: clockMs === undefined ? null : clockMs - now.getTime() };
    const report = buildReport(diagnostic.outcome, diagnostic.previousResult, server, now);
    return { id: diagnostic.id, device_key: diagnostic.deviceKey, ...report };
  });
  await tx.$executeRaw`
    WITH report AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(id uuid, device_key uuid, state text, result text, checks jsonb)
    ), closed AS (
      UPDATE diagnostic g SET
        state = r.state::diagnostic_state, result = r.result::check_result, checks = r.checks, finished_at = ${now}::timestamptz
      FROM report r WHERE g.id = r.id AND g.finished_at IS NULL
      RETURNING g.id, g.device_key, g.result, g.checks
    )
    UPDATE device d SET
      last_diagnostic_at = ${now}::timestamptz,
      diagnostic_report = jsonb_build_object('diagnosticId', c.id, 'result', c.result, 'checks', c.checks)
    FROM closed c WHERE d.id = c.device_key`;
  await announce(tx, {
    topic: "devices",
    farmIds: [...new Set(facts.map(({ farmId }) => farmId))],
    ids: facts.map(({ deviceId }) => deviceId),
  });
  return facts.length;
}
