import type { Transaction } from "@/server/db/client";
import type { SentBack } from "@/server/domain/rollouts/describe-event";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import type { JudgedRollout } from "./judge-stages";

/**
 * Writes down what people may want to be told, in the transaction that makes it so: it is told if and only if it is so,
 * and once, since of two ticks only one has done it. Devices are counted by farm. One statement, if any.
 */
export async function recordEvents(
  tx: Transaction,
  judged: readonly JudgedRollout[],
  sentBack: ReadonlyMap<string, SentBack>,
  now: Date,
): Promise<void> {
  const events = judged.flatMap((rollout) => {
    const kind = kindOf(rollout, sentBack.has(rollout.id));
    if (!kind) return [];
    const cause = rollout.became === "stopped" ? rollout.cause : null;
    return [{ rollout_id: rollout.id, position: rollout.position, kind, cause, sent_back: sentBack.get(rollout.id) ?? null }];
  });
  if (events.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO rollout_event (rollout_id, at, kind, position, cause, sent_back, counts)
    SELECT e.rollout_id, ${now}::timestamptz, e.kind::rollout_event_kind, e.position, e.cause, e.sent_back,
      (SELECT coalesce(jsonb_object_agg(f.farm_id, f.counts), '{}') FROM (
        SELECT c.farm_id, jsonb_object_agg(c.state, c.count) AS counts FROM (
          SELECT d.farm_id, t.state, count(*) FROM rollout_target t JOIN device d ON d.id = t.device_key
          WHERE t.rollout_id = e.rollout_id AND NOT t.superseded GROUP BY d.farm_id, t.state) c
        GROUP BY c.farm_id) f)
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e(rollout_id uuid, position int, kind text, cause jsonb, sent_back jsonb)`;
}

/** A stage that was to be sent back and in which nobody is to be: the rollout has only paused. */
function kindOf(rollout: JudgedRollout, isSentBack: boolean): RolloutEventKind | undefined {
  switch (rollout.became) {
    case "stopped":
      return rollout.rollBack === "all" || isSentBack ? "failed" : "paused";
    case "awaiting_approval":
    case "completed":
      return rollout.became;
    case "further":
      return undefined;
  }
}
