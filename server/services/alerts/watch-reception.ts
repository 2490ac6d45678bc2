import type { Database } from "@/server/db/client";
import { RECEPTION_LOST_SECONDS } from "@/server/domain/alerts/policy";
import { announceEverywhere } from "@/server/services/feed/announce";
import type { ReceptionView } from "@/server/services/health/reception";

/**
 * When nothing can be received, because the broker or our bridge to it is away, raises one alert of the system instead
 * of one a device, and ends it when messages come in again.
 * @returns whether the alert is open
 */
export async function watchReception(db: Database, { now, silentSeconds }: ReceptionView): Promise<boolean> {
  const isLost = silentSeconds !== null && silentSeconds > RECEPTION_LOST_SECONDS;
  await db.$transaction(async (tx) => {
    const changed = isLost
      ? await tx.$queryRaw<{ id: string; is_new: boolean }[]>`
          INSERT INTO device_alert AS a (condition, type, severity, value, first_occurrence, last_occurrence)
          VALUES ('reception', 'reception_lost', 'critical', ${silentSeconds}, ${now}::timestamptz, ${now}::timestamptz)
          ON CONFLICT (condition) WHERE state <> 'resolved' AND device_key IS NULL AND group_id IS NULL
          DO UPDATE SET last_occurrence = excluded.last_occurrence, value = excluded.value,
            occurrence_count = a.occurrence_count + CASE WHEN a.last_occurrence = excluded.last_occurrence THEN 0 ELSE 1 END
          -- Of a row that was inserted, and not updated, no transaction has been the deleter.
          RETURNING id, xmax = 0 AS is_new`
      : await tx.$queryRaw<{ id: string; is_new: boolean }[]>`
          UPDATE device_alert SET state = 'resolved', resolved_at = ${now}::timestamptz, resolution_notes = 'Messages are received again.'
          WHERE condition = 'reception' AND state <> 'resolved' RETURNING id, true AS is_new`;
    const news = changed.filter((alert) => alert.is_new).map((alert) => alert.id);
    if (news.length === 0) return;
    await tx.alertEvent.createMany({
      data: news.map((alertId) => ({ alertId, at: now, kind: isLost ? "raised" : "auto_resolved", severity: "critical" })),
    });
    await announceEverywhere(tx, "alerts", news);
  });
  return isLost;
}
