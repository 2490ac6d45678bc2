import { z } from "zod";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { FIRMWARE_FORMATS, FIRMWARE_STATES } from "@/server/domain/firmware/vocabulary";
import { FAILURE_POLICIES, ROLLOUT_KINDS, ROLLOUT_STATES, STAGE_STATES } from "@/server/domain/rollouts/vocabulary";
import { counts, instant, maybeInstant, named, nextCursor } from "./shared";

const firmwareVersion = z
  .object({
    id: z.uuid(),
    name: z.string(),
    version: z.string(),
    deviceType: z.enum(DEVICE_TYPES),
    manufacturer: z.string(),
    modelCompatibility: z.array(z.string()),
    firmwareFilename: z.string().nullable(),
    firmwareSize: z.number().nullable().meta({ description: "Bytes" }),
    firmwareChecksum: z.string().nullable().meta({ description: "SHA-256, hexadecimal" }),
    firmwareFormat: z.enum(FIRMWARE_FORMATS).nullable(),
    downloadUrl: z.string().nullable(),
    releaseDate: z.string().meta({ description: "Day, `2026-03-01`" }),
    releaseNotes: z.string().nullable(),
    changelog: z.string().nullable(),
    state: z.enum(FIRMWARE_STATES),
    sequence: z.number().nullable(),
    isMandatory: z.boolean(),
    minPreviousVersion: z.string().nullable(),
    deviceCount: z.number().int(),
    successfulUpdates: z.number().int(),
    failedUpdates: z.number().int(),
  })
  .meta({ id: "FirmwareVersion" });
export const firmwarePage = z.object({ versions: z.array(firmwareVersion), nextCursor }).meta({ id: "FirmwarePage" });

export const scheduledUpdate = z.object({ id: z.uuid(), devices: z.number().int() }).meta({ id: "ScheduledUpdate" });

const rolloutFields = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(ROLLOUT_KINDS),
  state: z.enum(ROLLOUT_STATES),
  deviceType: z.enum(DEVICE_TYPES),
  firmware: named.extend({ version: z.string() }).nullable(),
  currentStage: z.number().int(),
  failurePolicy: z.enum(FAILURE_POLICIES),
  scheduledAt: instant,
  startedAt: maybeInstant,
  finishedAt: maybeInstant,
  pausedAt: maybeInstant,
  stopped: z.string().nullable().meta({ description: "Why it stopped, in one sentence" }),
  farms: z.number().int(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  counts: counts.meta({ description: "The caller's devices by state" }),
  version: z.number().int(),
});
export const rolloutPage = z
  .object({ rollouts: z.array(rolloutFields.meta({ id: "RolloutSummary" })), nextCursor })
  .meta({ id: "RolloutPage" });

export const rollout = rolloutFields
  .extend({
    stages: z.array(z.object({ position: z.number().int(), name: z.string(), state: z.enum(STAGE_STATES), counts })),
    held: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    skipped: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    failures: z.array(z.object({ code: z.string(), count: z.number().int(), examples: z.array(z.string()) })),
  })
  .meta({ id: "Rollout" });

export const steeredRollout = z.object({ version: z.number().int() }).meta({ id: "SteeredRollout" });
