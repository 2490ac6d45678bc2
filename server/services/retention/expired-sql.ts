import { Prisma } from "@/server/db/generated/client";
import type { Retention } from "@/server/domain/retention/settings";

/** Rows of one table that are kept no longer. What is counted before a change is what is deleted after it. */
export interface Expired {
  table: Prisma.Sql;
  where: Prisma.Sql;
  /** Which go first. */
  order: Prisma.Sql;
}

type Selection = (retention: Retention) => Expired | null;

const before = (days: number) => Prisma.sql`now() - make_interval(days => ${days}::int)`;

/** What housekeeping deletes by age, each kind from one table; what hangs on its rows goes with them. */
export const EXPIRED = {
  samples: ({ sampleDays }) => ({
    table: Prisma.sql`health_sample`,
    where: Prisma.sql`t.hour < ${before(sampleDays)}`,
    order: Prisma.sql`t.hour`,
  }),
  fleetSamples: ({ fleetMonths }) => ({
    table: Prisma.sql`fleet_sample`,
    where: Prisma.sql`t.hour < now() - make_interval(months => ${fleetMonths}::int)`,
    order: Prisma.sql`t.hour`,
  }),
  notifications: ({ notificationDays }) => ({
    table: Prisma.sql`notification`,
    where: Prisma.sql`t.planned_at < ${before(notificationDays)} AND t.state NOT IN ('waiting', 'sending')`,
    order: Prisma.sql`t.planned_at`,
  }),
  webhooks: ({ webhookDeliveredDays, webhookUndeliveredDays }) => ({
    table: Prisma.sql`webhook_event`,
    where: Prisma.sql`(t.at < ${before(webhookUndeliveredDays)} OR (t.at < ${before(webhookDeliveredDays)}
      AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.event_id = t.id
        AND (d.state <> 'delivered' OR d.attempted_at >= ${before(webhookDeliveredDays)}))))`,
    order: Prisma.sql`t.at`,
  }),
  alerts: ({ alertDays }) =>
    alertDays === null
      ? null
      : {
          table: Prisma.sql`device_alert`,
          where: Prisma.sql`t.state = 'resolved' AND t.resolved_at < ${before(alertDays)}`,
          order: Prisma.sql`t.resolved_at`,
        },
  commands: ({ commandDays }) =>
    commandDays === null
      ? null
      : {
          table: Prisma.sql`device_command`,
          // The first condition follows from the second and has an index. The next command of a device counts on from its
          // newest; an update and a diagnostic under way look theirs up.
          where: Prisma.sql`t.issued_at < ${before(commandDays)} AND t.finished_at < ${before(commandDays)}
            AND t.seq < (SELECT max(n.seq) FROM device_command n WHERE n.device_key = t.device_key)
            AND NOT EXISTS (SELECT FROM rollout_target r WHERE r.command_id = t.id AND r.state >= 'sent' AND r.state <= 'verifying')
            AND NOT EXISTS (SELECT FROM diagnostic g WHERE g.command_id = t.id AND g.finished_at IS NULL)`,
          order: Prisma.sql`t.issued_at`,
        },
  diagnostics: ({ diagnosticDays }) =>
    diagnosticDays === null
      ? null
      : {
          table: Prisma.sql`diagnostic`,
          where: Prisma.sql`t.finished_at < ${before(diagnosticDays)}
            AND EXISTS (SELECT FROM diagnostic n WHERE n.device_key = t.device_key AND n.requested_at > t.requested_at)`,
          order: Prisma.sql`t.requested_at`,
        },
} satisfies Record<string, Selection>;

export type ExpiredKind = keyof typeof EXPIRED;
export const EXPIRED_KINDS = Object.keys(EXPIRED) as ExpiredKind[];
