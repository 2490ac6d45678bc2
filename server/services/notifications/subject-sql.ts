import type { Actor } from "@/server/actor";
import { Prisma } from "@/server/db/generated/client";
import type { RolloutEventFacts } from "@/server/domain/rollouts/describe-event";
import { farmIdsWith } from "@/server/services/authorize";

/** The `e`vent of a r`o`llout that a `n`otification is about, and its `st`age; nothing for alerts. */
export const ROLLOUT_EVENT_TABLES = Prisma.sql`LEFT JOIN rollout_event e ON e.id = n.rollout_event_id LEFT JOIN rollout o ON o.id = e.rollout_id
  LEFT JOIN rollout_stage st ON st.rollout_id = e.rollout_id AND st.position = e.position`;

/** Whoever made it; of one that its rules have made, whoever made the one that it undoes. */
export const ROLLOUT_MAKER = Prisma.sql`coalesce(o.created_by_id, (SELECT x.created_by_id FROM rollout x WHERE x.id = o.undoes_id))`;

/** Whether nobody has done anything about it since. */
export const EVENT_STANDS = Prisma.sql`coalesce(CASE e.kind
  WHEN 'completed' THEN true
  WHEN 'awaiting_approval' THEN o.state IN ('in_progress', 'paused') AND st.state = 'awaiting_approval' AND st.approved_at IS NULL
  ELSE (o.state = 'paused' AND o.paused_at = e.at) OR (o.state = 'failed' AND o.finished_at = e.at) END, false)`;

/** What a notification says of a rollout; devices are counted on the farms of the person who is told. */
export interface ToldRolloutEvent extends RolloutEventFacts {
  eventId: string;
  rolloutId: string;
  name: string;
  /** Whether the person made it. */
  isOwn: boolean;
}

/** {@link ToldRolloutEvent} as JSON, over {@link ROLLOUT_EVENT_TABLES} and the `u`ser who is told. */
export const ROLLOUT_EVENT = Prisma.sql`CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('eventId', e.id, 'rolloutId', o.id, 'name', o.name,
  'kind', e.kind, 'cause', e.cause, 'sentBack', e.sent_back, 'stage', st.name, 'state', o.state, 'stands', ${EVENT_STANDS},
  'isOwn', coalesce(${ROLLOUT_MAKER} = n.user_id, false),
  'counts', (SELECT coalesce(jsonb_object_agg(s.state, s.devices), '{}') FROM (
    SELECT c.key AS state, sum(c.value::int)::int AS devices FROM jsonb_each(e.counts) f CROSS JOIN jsonb_each_text(f.value) c
    WHERE u.is_admin OR f.key IN (SELECT m.farm_id::text FROM membership m WHERE m.user_id = u.id)
    GROUP BY c.key) s)) END`;

/** Whether a `u`ser may see the `a`lert or the r`o`llout; the system's own alerts are for admins. */
export const MAY_BE_TOLD = Prisma.sql`(u.disabled_at IS NULL AND (u.is_admin
  OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id AND (m.farm_id = a.farm_id OR m.farm_id = ANY(o.farm_ids)))))`;

/** Of these, what the caller may see now, over `a`lert and r`o`llout. */
export function notificationScopeSql(actor: Actor): Prisma.Sql {
  const farmIds = farmIdsWith(actor, "device.read");
  return farmIds ? Prisma.sql`(a.farm_id = ANY(${farmIds}::uuid[]) OR o.farm_ids && ${farmIds}::uuid[])` : Prisma.sql`true`;
}
