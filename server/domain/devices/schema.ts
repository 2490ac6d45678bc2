import { z } from "zod";
import { deviceTagIdsSchema } from "../tags/schema";
import { lineOfText, optionalLine, requiredLine } from "../text";
import { deviceIdSchema } from "./device-id";
import { DEVICE_TYPES } from "./device-type";
import { macAddressSchema } from "./mac-address";
import { CONNECTION_TYPES, POWER_SOURCES, PROVISIONING_METHODS } from "./vocabulary";

/** What a person enters about a device (specification Task 3.1, steps 1 to 3). */
export const deviceInputSchema = z.object({
  type: z.enum(DEVICE_TYPES, "Choose a device type"),
  name: requiredLine(120, "Name is required"),
  deviceId: deviceIdSchema,
  farmId: z.uuid("Choose a farm"),
  groupId: z
    .uuid()
    .nullish()
    .transform((value) => value ?? null),
  location: optionalLine(200),
  manufacturer: lineOfText(100).default(""),
  model: lineOfText(100).default(""),
  serialNumber: optionalLine(100),
  macAddress: macAddressSchema,
  powerSource: z.enum(POWER_SOURCES, "Choose a power source").default("battery"),
  connectionType: z
    .enum(CONNECTION_TYPES)
    .nullish()
    .transform((value) => value ?? null),
});

/** Registers a device and issues its credentials in one go. `requestKey` makes a repeated click harmless. */
export const provisionDeviceSchema = deviceInputSchema.extend({
  provisioningMethod: z.enum(PROVISIONING_METHODS).default("manual"),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
});

const replaceFields = z.object({
  /** The unit that goes. */
  deviceId: deviceIdSchema,
  reason: requiredLine(300, "Say why, for the record"),
  requestKey: provisionDeviceSchema.shape.requestKey,
});

/** Swaps a unit for one from the box, or for one that is registered on the farm and was never fitted. */
export const replaceDeviceSchema = z.discriminatedUnion("unit", [
  replaceFields.extend({
    unit: z.literal("new"),
    /** Empty = the next free one. */
    newDeviceId: z.union([z.literal("").transform(() => null), deviceIdSchema]).nullish(),
    ...deviceInputSchema.pick({ manufacturer: true, model: true, serialNumber: true, macAddress: true }).shape,
  }),
  replaceFields.extend({ unit: z.literal("registered"), newDeviceId: deviceIdSchema }),
]);

/**
 * The fields that can be changed after registration; the ID, type and farm are the device's identity. Group and tags
 * stay as they are when they are left out.
 */
export const editDeviceSchema = deviceInputSchema.omit({ type: true, deviceId: true, farmId: true, groupId: true }).extend({
  deviceId: deviceIdSchema,
  version: z.number().int().positive(),
  groupId: z.uuid().nullable().optional(),
  tagIds: deviceTagIdsSchema.optional(),
});
