import { z } from "zod";
import { deviceFilterSchema } from "../devices/list-schema";
import { optionalLine, requiredLine } from "../text";
import { FAILURE_CODES, FAILURE_POLICIES, HOLD_REASONS, ROLLOUT_STATES, SKIP_REASONS, TARGET_STATES } from "./vocabulary";

const MAX_STAGES = 50;
const MAX_NAMED_DEVICES = 1_000;
/** A whole number in words for whoever types another. */
const whole = (min: number, max: number) => {
  const message = `A whole number, ${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;
  return z.number(message).int(message).min(min, message).max(max, message);
};
const percent = z.number("A percentage, 0 to 100").min(0, "0 to 100 %").max(100, "0 to 100 %");

/** How many devices belong to a stage. Percentages are of all devices and add up: 5, 25, 100. */
const stageSizeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("percent"),
    upTo: z.number("A percentage, up to 100").gt(0, "A stage needs at least one device").max(100, "At most 100 %"),
  }),
  z.object({ kind: z.literal("count"), count: whole(1, 1_000_000) }),
  z.object({
    kind: z.literal("devices"),
    deviceIds: z.array(z.string().max(20)).min(1, "A stage needs at least one device").max(MAX_NAMED_DEVICES, "At most 1,000 by name"),
  }),
]);

export const rolloutStageSchema = z.object({
  name: requiredLine(60, "Give the stage a name, for example Canary"),
  size: stageSizeSchema,
  successThreshold: percent.default(90),
  failureThreshold: percent.default(10),
  minimumSample: whole(1, 100_000).default(10),
  soakMinutes: whole(0, 30 * 24 * 60).default(0),
  needsApproval: z.boolean().default(false),
});
export type RolloutStageInput = z.output<typeof rolloutStageSchema>;

/** What keeps the rollout gentle. */
export const rolloutPolicySchema = z
  .object({
    failurePolicy: z.enum(FAILURE_POLICIES).default("pause"),
    /** Overrides gates that wait, never compatibility or signature. */
    forceUpdate: z.boolean().default(false),
    forceReason: optionalLine(300),
    notifyOnComplete: z.boolean().default(true),
    ratePerMinute: whole(1, 100_000).nullable().default(null),
    maxInFlight: whole(1, 100_000).default(100),
    maxInFlightGroup: whole(1, 10_000).nullable().default(1),
    /** Percent; 0 = no gate. Devices on mains have no battery and pass. */
    minBatteryLevel: percent.default(40),
    /** dBm; empty = no gate. */
    minSignal: whole(-150, 0).nullable().default(null),
    respectMilking: z.boolean().default(true),
    milkingMargin: whole(0, 12 * 60).default(30),
  })
  .refine(({ forceUpdate, forceReason }) => !forceUpdate || forceReason !== null, {
    path: ["forceReason"],
    error: "Say why the gates are overridden",
  });
export type RolloutPolicy = z.output<typeof rolloutPolicySchema>;

const stages = z
  .array(rolloutStageSchema)
  .min(1, "A rollout needs at least one stage")
  .max(MAX_STAGES, "At most 50 stages")
  .superRefine((list, context) => {
    let upTo = 0;
    list.forEach(({ size }, index) => {
      if (size.kind !== "percent") return;
      if (size.upTo <= upTo)
        context.addIssue({ code: "custom", path: [index, "size", "upTo"], message: "Must be more than the stage before" });
      upTo = Math.max(upTo, size.upTo);
    });
  });

/** Which firmware for which devices; everything that is decided before anything is written. */
export const preflightSchema = z.object({
  firmwareId: z.uuid(),
  filter: deviceFilterSchema,
  except: z.array(z.string().max(20)).max(10_000).default([]),
  stages,
  policy: rolloutPolicySchema,
});
export type PreflightInput = z.output<typeof preflightSchema>;

export const createRolloutSchema = preflightSchema.extend({
  name: requiredLine(120, "Give the rollout a name"),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
  /** Empty = at once. */
  scheduledAt: z.date("Choose a day and a time").nullable().default(null),
  /** What the preflight showed; when it is no longer so, nothing is written. */
  planHash: z.string().regex(/^[0-9a-f]{64}$/, "Look at the preflight first"),
});

export const rolloutIdSchema = z.object({ id: z.uuid() });
/** A person's command; `version` is the one that was looked at. */
export const commandRolloutSchema = rolloutIdSchema.extend({ version: z.number().int().positive(), reason: optionalLine(300) });
export const rolloutTargetSchema = rolloutIdSchema.extend({ deviceId: z.string().max(20), reason: optionalLine(300) });

export const listRolloutsSchema = z.object({
  states: z.array(z.enum(ROLLOUT_STATES)).default([]),
  /** That touch one of them; none = all. */
  farmIds: z.array(z.uuid()).max(100).default([]),
  firmwareId: z.uuid().optional(),
  search: z.string().max(200).default(""),
  cursor: z.string().max(200).nullish(),
  pageSize: z.number().int().min(1).max(200).default(50),
});

export const listTargetsSchema = rolloutIdSchema.extend({
  states: z.array(z.enum(TARGET_STATES)).default([]),
  position: z.number().int().min(0).optional(),
  /** Only those that wait, were left out or failed for this. */
  why: z.enum([...HOLD_REASONS, ...SKIP_REASONS, ...FAILURE_CODES]).optional(),
  search: z.string().max(200).default(""),
  cursor: z.string().max(200).nullish(),
  pageSize: z.number().int().min(1).max(500).default(100),
});

export const deviceUpdatesSchema = z.object({ deviceId: z.string().max(20) });

/** Named devices at once, as integrators ask for it (specification 7.2). */
export const scheduleUpdateSchema = z.object({
  deviceIds: z
    .array(z.string().max(20))
    .min(1, "Name at least one device")
    .max(MAX_NAMED_DEVICES, "At most 1,000 by name")
    .transform((ids) => [...new Set(ids)]),
  firmwareId: z.uuid(),
  /** Empty = at once. */
  scheduledAt: z.coerce.date("A time, for example 2026-03-10T22:00:00Z").nullable().default(null),
  options: z
    .object({
      forceUpdate: z.boolean().default(false),
      /** Why the gates are overridden. */
      reason: optionalLine(300),
      rollbackOnFailure: z.boolean().default(true),
      notifyOnComplete: z.boolean().default(true),
    })
    .prefault({}),
});
