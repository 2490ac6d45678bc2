import type { Transaction } from "@/server/db/client";

/** What every sample person is told, so that the list of what they were told is not empty. */
export async function seedNotificationRules(tx: Transaction, activeSince: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO notification_rule (id, user_id, name, active_since, min_severity, channels, farm_ids, types, rollout_events, tell_when_over, time_zone, updated_at)
    SELECT gen_random_uuid(), id, 'Urgent', ${activeSince}::timestamptz, 'warning', '{in_app,browser}', '{}', '{}', '{paused,failed,awaiting_approval,completed}', true, 'Europe/Berlin', now()
    FROM "user"`;
}
