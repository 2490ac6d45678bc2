import type { Database, Transaction } from "@/server/db/client";
import { groupBy } from "@/server/domain/group-by";
import { decideAfterAttempt, isAccepted, offReasonOf, type AfterAttempt } from "@/server/domain/webhooks/retry";
import type { WebhookOffReason } from "@/server/domain/webhooks/vocabulary";
import { logFor } from "@/server/log";
import { recordAudit } from "@/server/services/audit/record-audit";
import { announce } from "@/server/services/feed/announce";
import type { PostResult } from "@/server/services/net/safe-post";
import type { ClaimedDelivery } from "./claim-deliveries";
import type { SwitchedOff } from "./tell-admins";

const log = logFor("webhooks");

/** Attempts kept with a delivery. */
const MAX_LOG = 20;
const EXCERPT_CHARACTERS = 1_000;

export interface Attempt {
  delivery: ClaimedDelivery;
  result: PostResult;
  /** When it ended. */
  at: Date;
}

/** An attempt as the log keeps it. */
export interface LoggedAttempt {
  at: string;
  status: number | null;
  latencyMs: number;
  error: string | null;
  excerpt: string;
}

/**
 * Writes down how attempts went, and how their endpoints do, in one transaction of a fixed number of statements. Whoever
 * has lost its claim meanwhile changes nothing: the message was or will be sent again.
 * @returns the endpoints that were switched off
 */
export async function recordResults(db: Database, attempts: readonly Attempt[], now: Date): Promise<SwitchedOff[]> {
  if (attempts.length === 0) return [];
  const decided = attempts.map((attempt) => ({
    ...attempt,
    after: decideAfterAttempt(attempt.result, attempt.delivery.attempts, attempt.at, Math.random()),
  }));
  return db.$transaction(async (tx) => {
    const endpoints = await lockEndpoints(tx, [...new Set(attempts.map(({ delivery }) => delivery.receiver.id))]);
    await settleDeliveries(tx, decided);
    const switchedOff = await settleEndpoints(tx, endpoints, decided, now);
    await announce(tx, { topic: "webhooks", farmIds: [], ids: [...new Set(attempts.map(({ delivery }) => delivery.receiver.id))] });
    return switchedOff;
  });
}

async function settleDeliveries(tx: Transaction, decided: readonly (Attempt & { after: AfterAttempt })[]): Promise<void> {
  const rows = decided.map(({ delivery, result, at, after }) => {
    const { status, latencyMs, error } = result;
    const entry: LoggedAttempt = { at: at.toISOString(), status, latencyMs, error, excerpt: cut(result.excerpt) };
    const due_at = after.state === "waiting" ? after.dueAt : null;
    return { id: delivery.id, claim: delivery.claim, state: after.state, due_at, status, latency_ms: latencyMs, error, entry };
  });
  await tx.$executeRaw`
    UPDATE webhook_delivery d SET state = r.state::webhook_delivery_state, due_at = coalesce(r.due_at, d.due_at), claim = NULL, claimed_until = NULL,
      status = r.status, latency_ms = r.latency_ms, error = r.error,
      log = (CASE WHEN jsonb_array_length(d.log) >= ${MAX_LOG}::int THEN d.log - 0 ELSE d.log END) || jsonb_build_array(r.entry)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id uuid, claim uuid, state text, due_at timestamptz, status int, latency_ms int, error text, entry jsonb)
    WHERE d.id = r.id AND d.claim = r.claim AND d.state = 'sending'`;
}

/** Never in the middle of a pair: the database takes no half of one. */
function cut(text: string): string {
  return text.slice(0, EXCERPT_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
}

interface KnownEndpoint {
  id: string;
  name: string;
  enabled: boolean;
  failures: number;
  failingSince: Date | null;
}

/** Before their messages, as whoever deletes or replays does: nobody waits for another in a circle. */
function lockEndpoints(tx: Transaction, ids: string[]): Promise<KnownEndpoint[]> {
  return tx.$queryRaw<KnownEndpoint[]>`
    SELECT id, name, enabled, failures, failing_since AS "failingSince" FROM webhook_endpoint WHERE id = ANY(${ids}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
}

/** Counts failures, holds back what asked for it, and switches off what is gone or has failed for days. */
async function settleEndpoints(
  tx: Transaction,
  known: readonly KnownEndpoint[],
  decided: readonly (Attempt & { after: AfterAttempt })[],
  now: Date,
): Promise<SwitchedOff[]> {
  const byEndpoint = groupBy(decided, ({ delivery }) => delivery.receiver.id);
  const rows = known.flatMap((endpoint) => {
    const mine = byEndpoint.get(endpoint.id) ?? [];
    const statuses = mine.map(({ result }) => result.status);
    const isWell = statuses.some(isAccepted);
    const holds = mine.flatMap(({ after }) => (after.state === "waiting" && after.holdUntil ? [after.holdUntil.getTime()] : []));
    if (isWell && endpoint.failures === 0 && endpoint.failingSince === null && holds.length === 0) return [];
    const off = endpoint.enabled ? offReasonOf(statuses, endpoint.failingSince, now) : null;
    const hold_until = holds.length > 0 ? new Date(Math.max(...holds)) : null;
    return [{ id: endpoint.id, name: endpoint.name, is_well: isWell, failed: mine.length, hold_until, off }];
  });
  if (rows.length === 0) return [];
  const off = await tx.$queryRaw<{ id: string; off_reason: WebhookOffReason | null }[]>`
    UPDATE webhook_endpoint e SET failures = CASE WHEN r.is_well THEN 0 ELSE e.failures + r.failed END,
      failing_since = CASE WHEN NOT r.is_well THEN coalesce(e.failing_since, ${now}::timestamptz) END,
      hold_until = coalesce(r.hold_until, CASE WHEN e.hold_until > ${now}::timestamptz THEN e.hold_until END),
      enabled = e.enabled AND r.off IS NULL,
      off_reason = CASE WHEN e.enabled AND r.off IS NOT NULL THEN r.off ELSE e.off_reason END,
      off_since = CASE WHEN e.enabled AND r.off IS NOT NULL THEN ${now}::timestamptz ELSE e.off_since END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, is_well boolean, failed int, hold_until timestamptz, off text)
    WHERE e.id = r.id RETURNING e.id, CASE WHEN e.off_since = ${now}::timestamptz THEN e.off_reason END AS off_reason`;
  const switchedOff = off.flatMap(({ id, off_reason: reason }) =>
    reason ? [{ id, name: rows.find((row) => row.id === id)?.name ?? id, reason }] : [],
  );
  if (switchedOff.length === 0) return [];
  log.warn({ endpoints: switchedOff }, "webhook endpoints were switched off");
  await recordAudit(
    tx,
    { actor: { kind: "system", label: "webhooks" }, now, requestId: "webhooks" },
    switchedOff.map(({ name, reason }) => ({
      action: "webhook.switched_off",
      subjectType: "webhook" as const,
      subjectId: name,
      farmId: null,
      after: { reason },
    })),
  );
  return switchedOff;
}
