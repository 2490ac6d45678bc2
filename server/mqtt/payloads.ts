import { z } from "zod";
import { COMMAND_KINDS, RESPONSE_STATES } from "@/server/domain/commands/schema";
import { CONNECTION_TYPES } from "@/server/domain/devices/vocabulary";

/** Largest payload a device may publish. */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

/** End of the year 9999: later dates are spelled in a way that PostgreSQL does not read. */
const LAST_CLOCK_MS = Date.UTC(10_000, 0) - 1;

/** Unix milliseconds by the device's own clock. Stored to show skew; never orders anything. */
const deviceClock = z.number().int().min(0).max(LAST_CLOCK_MS);
const bootId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const counter = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Thousandths are finer than any gauge; what is smaller still would not fit a PostgreSQL real. */
const reading = z
  .number()
  .min(0)
  .max(100)
  .transform((value) => Math.round(value * 1000) / 1000);
const shortText = (max: number) => z.string().max(max);

/** Heartbeat. Only `bootId` and `seq` are required: a field that is absent leaves what is known untouched. */
export const heartbeatPayload = z.object({
  online: z.literal(true).optional(),
  ts: deviceClock.optional(),
  bootId,
  seq,
  firmwareVersion: shortText(50).optional(),
  execution: z
    .object({
      id: z.uuid(),
      attempt: z.number().int().min(1).max(1000),
      state: shortText(30),
      progress: z.number().min(0).max(100).optional(),
      /** Of an update that has failed. */
      code: shortText(40).optional(),
    })
    .optional(),
  batteryLevel: reading.optional(),
  batteryVoltage: reading.optional(),
  signalStrength: z.number().int().min(-150).max(0).optional(),
  uptimeSeconds: counter.optional(),
  errorCount: z.number().int().min(0).max(1_000_000).optional(),
  restartReason: shortText(60).optional(),
  ssid: shortText(64).optional(),
  connectionType: z.enum(CONNECTION_TYPES).optional(),
  /** Since boot. */
  bytesTransmitted: counter.optional(),
});

/** The will, and the goodbye of a device that disconnects on purpose. */
export const offlinePayload = z.object({ online: z.literal(false), bootId });

export const statusPayload = z.union([offlinePayload, heartbeatPayload]);

/** Measurements; their meaning belongs to the herd software. Here they count as a sign of life and as data volume. */
export const dataPayload = z.object({
  ts: deviceClock.optional(),
  measurements: z.record(z.string().max(64), z.union([z.number(), z.string().max(1000), z.boolean(), z.null()])),
});

/** Answer to a command; may be repeated. */
export const responsePayload = z.object({
  id: z.uuid(),
  state: z.enum(RESPONSE_STATES),
  ts: deviceClock.optional(),
  result: z.record(z.string().max(64), z.unknown()).optional(),
  error: shortText(500).optional(),
  /** Of a refused firmware update. */
  code: shortText(40).optional(),
});

/** Progress of a firmware update. */
export const firmwarePayload = z.object({
  id: z.uuid(),
  attempt: z.number().int().min(1).max(1000),
  state: shortText(30),
  progress: z.number().min(0).max(100).optional(),
  error: shortText(500).optional(),
  /** Why it failed; a device may be newer than its server, so any word is taken. */
  code: shortText(40).optional(),
});

/** What the server sends on `command`. */
export const commandPayload = z.object({
  id: z.uuid(),
  seq: z.number().int().min(1),
  command: z.enum(COMMAND_KINDS),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  params: z.record(z.string(), z.unknown()),
});

/** What the server sends on `config`. */
export const configPayload = z.object({ version: z.number().int().min(1), reportIntervalSeconds: z.number().int().min(5).max(86_400) });

export type Heartbeat = z.output<typeof heartbeatPayload>;
export type CommandResponse = z.output<typeof responsePayload>;
export type CommandMessage = z.output<typeof commandPayload>;
