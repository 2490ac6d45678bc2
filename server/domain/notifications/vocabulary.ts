/** How a person is told. In-app is the console's own list; browser is shown while the console is open in a tab. */
export const NOTIFICATION_CHANNELS = ["email", "browser", "in_app"] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

export const NOTIFICATION_KINDS = ["raised", "worsened", "over"] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_STATES = ["waiting", "sending", "sent", "failed", "dropped"] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** Why somebody was not told after all. */
export const NOTIFICATION_DROP_REASONS = ["acknowledged", "snoozed", "over", "grouped", "flapping", "not_allowed", "not_shown"] as const;
export type NotificationDropReason = (typeof NOTIFICATION_DROP_REASONS)[number];
