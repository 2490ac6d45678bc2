import { z } from "zod";
import { ALERT_SEVERITIES, ALERT_STATES, ALERT_TYPES } from "../alerts/vocabulary";
import { DEVICE_TYPES } from "../devices/device-type";
import { DEVICE_LIFECYCLES } from "../devices/lifecycle";
import { IMPORT_MODES } from "../imports/vocabulary";
import { ROLLOUT_KINDS, ROLLOUT_STATES, TARGET_STATES } from "../rollouts/vocabulary";
import type { WebhookEventType } from "./vocabulary";

// What the triggers of the database build and receivers are promised (docs/webhooks.md). Fields may be added; none is
// taken away or changes its meaning.

const farm = z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() });
/** Of a removed device only its ID is left. */
const device = z.strictObject({
  deviceId: z.string(),
  name: z.string().nullable(),
  type: z.enum(DEVICE_TYPES).nullable(),
  lifecycle: z.enum(DEVICE_LIFECYCLES).nullable(),
});
const by = z.strictObject({ kind: z.enum(["user", "api_key", "device", "system"]), name: z.string() });
const facts = z.record(z.string(), z.unknown()).nullable();

const deviceData = z.strictObject({ farm, device, by, before: facts, after: facts });

const alertData = z.strictObject({
  farm: farm.nullable(),
  device: device.nullable(),
  group: z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() }).nullable(),
  alert: z.strictObject({
    id: z.uuid(),
    type: z.enum(ALERT_TYPES),
    severity: z.enum(ALERT_SEVERITIES),
    state: z.enum(ALERT_STATES),
    value: z.number().nullable(),
    message: z.string().nullable(),
    occurrenceCount: z.int(),
    firstOccurrence: z.iso.datetime(),
  }),
  by,
  note: z.string().nullable(),
});

const rolloutName = z.strictObject({ id: z.uuid(), name: z.string(), kind: z.enum(ROLLOUT_KINDS) });

const rolloutData = z.strictObject({
  rollout: rolloutName.extend({
    deviceType: z.enum(DEVICE_TYPES),
    state: z.enum(ROLLOUT_STATES),
    firmwareVersion: z.string().nullable(),
  }),
  stage: z.int().min(1).nullable(),
  cause: facts,
  /** Those that the endpoint is told of, with their devices by state. */
  farms: z.array(farm.extend({ devices: z.partialRecord(z.enum(TARGET_STATES), z.int()) })),
  by,
});

const rolloutDeviceData = z.strictObject({
  farm,
  device,
  rollout: rolloutName,
  outcome: z.enum(["completed", "failed", "rolled_back", "timed_out"]),
  previousVersion: z.string().nullable(),
  targetVersion: z.string(),
  durationSeconds: z.int().nullable(),
  detail: z.string().nullable(),
});

const importData = z.strictObject({
  import: z.strictObject({
    id: z.uuid(),
    fileName: z.string(),
    mode: z.enum(IMPORT_MODES),
    totalRows: z.int(),
    created: z.int(),
    updated: z.int(),
    failed: z.int(),
    removed: z.int(),
    restored: z.int(),
    kept: z.int(),
    failure: z.string().nullable(),
  }),
  farms: z.array(farm),
  by,
});

const DATA_OF_TOPIC = { device: deviceData, alert: alertData, rollout: rolloutData, import: importData };

/** What `data` of an event of this type holds. */
export function webhookDataSchema(type: WebhookEventType): z.ZodType {
  if (type === "rollout.device_updated" || type === "rollout.device_failed") return rolloutDeviceData;
  return DATA_OF_TOPIC[type.split(".")[0] as keyof typeof DATA_OF_TOPIC];
}

/** The body of a message (Standard Webhooks, with the id of the header inside as well). */
export interface WebhookMessage {
  id: string;
  type: WebhookEventType | "ping";
  /** When it happened, ISO 8601 in UTC. */
  timestamp: string;
  data: Record<string, unknown>;
}
