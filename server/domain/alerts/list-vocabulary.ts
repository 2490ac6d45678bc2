/** Open = active or acknowledged and not snoozed. */
export const ALERT_VIEWS = ["open", "active", "acknowledged", "snoozed", "resolved", "all"] as const;
export type AlertView = (typeof ALERT_VIEWS)[number];

export const ALERT_VIEW_LABELS: Record<AlertView, string> = {
  open: "Open",
  active: "Unacknowledged",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  resolved: "Resolved",
  all: "All",
};

/** Gravest: critical first, within one severity the newest first. */
export const ALERT_ORDERS = ["gravest", "newest", "oldest"] as const;
export type AlertOrder = (typeof ALERT_ORDERS)[number];
