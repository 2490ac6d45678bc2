import { z } from "zod";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { trustedKeysSchema } from "@/server/domain/firmware/trusted-keys";
import { CONNECTION_TYPES, POWER_SOURCES } from "@/server/domain/devices/vocabulary";

/** What a device has to know to connect, and what is known about its hardware. One entry of a credentials file. */
export const deviceIdentitySchema = z.object({
  deviceId: z.string().regex(DEVICE_ID_PATTERN, "expected two capitals and three to six digits"),
  type: z.enum(DEVICE_TYPES),
  password: z.string().min(1),
  powerSource: z.enum(POWER_SOURCES).optional(),
  connectionType: z.enum(CONNECTION_TYPES).optional(),
  /** Charge that it starts with, percent. */
  batteryPercent: z.number().min(0).max(100).optional(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  /** Whose firmware manifests it takes; without any, it takes the first it is told. */
  firmwareKeys: trustedKeysSchema.optional(),
  /** Broker of this device where it differs from the herd's, as provisioning answered it. */
  url: z.string().optional(),
  /** PEM, for a broker behind a private certificate authority. */
  certificateAuthority: z.string().optional(),
});

export type DeviceIdentity = z.output<typeof deviceIdentitySchema>;
