import type { Database } from "@/server/db/client";
import type { WebhookEventType } from "@/server/domain/webhooks/vocabulary";
import type { Receiver } from "./send-message";

/** Claimed for one endpoint at a time: what it can get through before the claim runs out, however slow it is. */
const MAX_CLAIMED = 96;
/** An endpoint that keeps failing is asked with this many only. */
const MAX_CLAIMED_FAILING = 2;
const FAILING_FROM = 20;
/** A sender that has not come back by then has died: somebody else sends (the same message may come twice). */
const CLAIM_SECONDS = 150;

export interface ClaimedDelivery {
  id: string;
  claim: string;
  attempts: number;
  receiver: Receiver;
  message: { id: string; type: WebhookEventType; at: Date; data: Record<string, unknown> };
}

interface ClaimedRow extends Omit<Receiver, "id"> {
  id: string;
  claim: string;
  attempts: number;
  endpointId: string;
  eventId: string;
  type: WebhookEventType;
  at: Date;
  data: Record<string, unknown>;
}

/**
 * Claims what is due, one statement. Of one endpoint and one thing only the oldest that is not done is ever claimed, and
 * nothing while a claim on another of them holds: they go one at a time, in order.
 */
export async function claimDeliveries(db: Database, now: Date): Promise<ClaimedDelivery[]> {
  const rows = await db.$queryRaw<ClaimedRow[]>`
    WITH willing AS MATERIALIZED (
      SELECT id, failures FROM webhook_endpoint WHERE enabled AND (hold_until IS NULL OR hold_until <= ${now}::timestamptz)
    ), lane AS MATERIALIZED (
      SELECT endpoint_id, ordering_key, min(sequence) AS head, coalesce(bool_or(state = 'sending' AND claimed_until > ${now}::timestamptz), false) AS busy
      FROM webhook_delivery WHERE state < 'delivered' AND endpoint_id IN (SELECT id FROM willing) GROUP BY endpoint_id, ordering_key
    ), load AS (
      SELECT endpoint_id, count(*) FILTER (WHERE busy) AS busy FROM lane GROUP BY endpoint_id
    ), ready AS (
      SELECT d.id, load.busy + row_number() OVER (PARTITION BY d.endpoint_id ORDER BY d.due_at, d.sequence) AS nth, e.failures
      FROM lane JOIN load USING (endpoint_id) JOIN willing e ON e.id = lane.endpoint_id JOIN webhook_delivery d ON d.sequence = lane.head
      WHERE NOT lane.busy AND d.due_at <= ${now}::timestamptz
    ), mine AS (
      -- Judged again on the row as it is now: two senders that looked at the same moment do not both get it.
      SELECT d.id FROM webhook_delivery d JOIN ready USING (id)
      WHERE ready.nth <= CASE WHEN ready.failures >= ${FAILING_FROM}::int THEN ${MAX_CLAIMED_FAILING}::int ELSE ${MAX_CLAIMED}::int END
        AND (d.state = 'waiting' OR (d.state = 'sending' AND d.claimed_until <= ${now}::timestamptz))
      FOR UPDATE OF d SKIP LOCKED
    ), claimed AS (
      UPDATE webhook_delivery d SET state = 'sending', claim = gen_random_uuid(), attempts = d.attempts + 1, attempted_at = ${now}::timestamptz,
        claimed_until = ${now}::timestamptz + make_interval(secs => ${CLAIM_SECONDS}::float8)
      FROM mine WHERE d.id = mine.id RETURNING d.*
    )
    SELECT c.id, c.claim, c.attempts, c.endpoint_id AS "endpointId", e.url, e.farm_ids AS "farmIds", e.sealed_secret AS "sealedSecret",
      e.sealed_former_secret AS "sealedFormerSecret", e.former_secret_until AS "formerSecretUntil", v.id AS "eventId", v.type, v.at, v.data
    FROM claimed c JOIN webhook_endpoint e ON e.id = c.endpoint_id JOIN webhook_event v ON v.id = c.event_id ORDER BY c.sequence`;
  return rows.map(({ id, claim, attempts, endpointId, eventId, type, at, data, ...receiver }) => ({
    id,
    claim,
    attempts,
    receiver: { id: endpointId, ...receiver },
    message: { id: eventId, type, at, data },
  }));
}
