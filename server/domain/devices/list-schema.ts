import { z } from "zod";
import { SIGNAL_QUALITIES } from "../health/policy";
import { lineOfText } from "../text";
import { DEVICE_TYPES } from "./device-type";
import { DEVICE_LIFECYCLES } from "./lifecycle";
import { DEVICE_SORTS, MAINTENANCE_DUES, PRESENCES, SILENCES } from "./list-vocabulary";
import { CALIBRATION_STATUSES, CONNECTION_TYPES, HEALTH_STATUSES, POWER_SOURCES } from "./vocabulary";

/** Most devices that can be named one by one. */
export const MAX_NAMED_DEVICES = 10_000;

/** Which devices: search and filters, joined by AND. Empty arrays filter nothing. */
export const deviceFilterSchema = z.object({
  /** Words that must all occur in ID, name, serial number, MAC address, model or location. */
  search: lineOfText(100).default(""),
  deviceIds: z.array(z.string().max(20)).max(MAX_NAMED_DEVICES).default([]),
  farmIds: z.array(z.uuid()).max(100).default([]),
  groupIds: z.array(z.uuid()).max(100).default([]),
  /** Devices of the groups below them as well. */
  includeSubgroups: z.boolean().default(true),
  tagIds: z.array(z.uuid()).max(100).default([]),
  types: z.array(z.enum(DEVICE_TYPES)).default([]),
  lifecycles: z.array(z.enum(DEVICE_LIFECYCLES)).default([]),
  health: z.array(z.enum(HEALTH_STATUSES)).default([]),
  needsAttention: z.boolean().default(false),
  firmware: z.array(lineOfText(50)).max(50).default([]),
  /** Percent; devices that report no battery never match. */
  batteryBelow: z.number().min(0).max(100).nullable().default(null),
  signal: z.array(z.enum(SIGNAL_QUALITIES)).default([]),
  connections: z.array(z.enum(CONNECTION_TYPES)).default([]),
  powerSources: z.array(z.enum(POWER_SOURCES)).default([]),
  presence: z.enum(PRESENCES).nullable().default(null),
  silentFor: z.enum(SILENCES).nullable().default(null),
  calibration: z.array(z.enum(CALIBRATION_STATUSES)).default([]),
  maintenance: z.enum(MAINTENANCE_DUES).nullable().default(null),
});
export type DeviceFilter = z.output<typeof deviceFilterSchema>;

const MAX_SORT_KEYS = 3;

/** Filters, order and place in the list. */
export const deviceListSchema = deviceFilterSchema.extend({
  /** The first decides, the next break its ties; the device ID comes last in any case. */
  sort: z
    .array(z.object({ by: z.enum(DEVICE_SORTS), descending: z.boolean().default(false) }))
    .max(MAX_SORT_KEYS)
    .default([]),
  /** `nextCursor` of the page before; it belongs to the same filters and order. */
  cursor: z.string().max(2_000).nullish(),
  pageSize: z.number().int().min(1).max(200).default(100),
});

export type DeviceListInput = z.output<typeof deviceListSchema>;
