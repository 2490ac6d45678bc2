/** Kinds of events, as people choose them. */
export const WEBHOOK_TOPICS = ["device", "alert", "rollout", "import"] as const;
export type WebhookTopic = (typeof WEBHOOK_TOPICS)[number];

export const WEBHOOK_TOPIC_LABELS: Record<WebhookTopic, string> = {
  device: "Devices",
  alert: "Alerts",
  rollout: "Rollouts",
  import: "Imports",
};

/** What endpoints can be told, and when that is. */
export const WEBHOOK_EVENT_MEANINGS = {
  "device.created": "A device was registered, with or without credentials",
  "device.activated": "A device connected for the first time",
  "device.updated": "A person changed what is known of a device, its group or its tags",
  "device.maintenance_started": "A device was taken into maintenance",
  "device.maintenance_ended": "A device is back from maintenance",
  "device.credentials_rotated": "A device got a new password",
  "device.credentials_revoked": "A device’s credentials were revoked",
  "device.replaced": "Another unit took a device’s place",
  "device.decommissioned": "A device was taken out of service for good",
  "device.removed": "Undoing an import removed a device",
  "alert.raised": "Something is wrong",
  "alert.severity_changed": "An open alert got worse or better",
  "alert.acknowledged": "A person takes care of an alert",
  "alert.resolved": "An alert is over, by itself or by a person",
  "rollout.created": "A rollout was made",
  "rollout.paused": "A rollout was paused, by its rules or a person",
  "rollout.resumed": "A paused rollout goes on",
  "rollout.awaiting_approval": "A stage waits for a person’s approval",
  "rollout.completed": "A rollout is done",
  "rollout.failed": "A rollout failed by its rules, and devices are sent back",
  "rollout.cancelled": "A person ended a rollout",
  "rollout.device_updated": "A device runs the version of a rollout",
  "rollout.device_failed": "A device’s update failed, timed out or was rolled back",
  "import.completed": "A file of devices was imported",
  "import.failed": "An import came to nothing",
  "import.undone": "An import was undone",
} as const satisfies Record<`${WebhookTopic}.${string}`, string>;

export type WebhookEventType = keyof typeof WEBHOOK_EVENT_MEANINGS;
export const WEBHOOK_EVENT_TYPES = Object.keys(WEBHOOK_EVENT_MEANINGS) as [WebhookEventType, ...WebhookEventType[]];

/** waiting → sending → delivered; sending → waiting | dead; dead → waiting, by a person. */
export const WEBHOOK_DELIVERY_STATES = ["waiting", "sending", "delivered", "dead"] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];

/** Why an endpoint was switched off by itself. */
export const WEBHOOK_OFF_REASONS = ["gone", "failing"] as const;
export type WebhookOffReason = (typeof WEBHOOK_OFF_REASONS)[number];
