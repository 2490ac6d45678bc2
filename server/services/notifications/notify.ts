import type { Database } from "@/server/db/client";
import { deliverInApp } from "./deliver-in-app";
import { deliverMail } from "./deliver-mail";
import { dropNeedless } from "./drop-needless";
import { planAlertNotifications } from "./plan-alert-notifications";
import { planRolloutNotifications } from "./plan-rollout-notifications";

export interface NotifyCounts extends Record<string, number> {
  planned: number;
  dropped: number;
  sent: number;
  failed: number;
}

/**
 * Tells people what their rules ask for, and of rollouts that they made. Each step is whole in itself: what a run leaves undone the next one does.
 * Browsers fetch theirs themselves ({@link import("./take-browser-notifications").takeBrowserNotifications}).
 */
export async function notify(db: Database, now = new Date()): Promise<NotifyCounts> {
  const planned = (await planAlertNotifications(db, now)) + (await planRolloutNotifications(db, now));
  const dropped = await dropNeedless(db, now);
  const shown = await deliverInApp(db, now);
  const mailed = await deliverMail(db, now);
  return { planned, dropped, sent: shown + mailed.sent, failed: mailed.failed };
}
