import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { DEVICE_TYPES } from "../devices/device-type";
import { macAddressSchema } from "../devices/mac-address";
import { lineOfText, optionalLine } from "../text";

/** DESIGN 4: a provisioning token is valid for 24 hours. */
export const TOKEN_VALID_HOURS = 24;

/** For one registered device, or for any new device of a type on a farm. */
export const issueTokenSchema = z.union([
  z.object({ deviceId: deviceIdSchema }),
  z.object({ farmId: z.uuid("Choose a farm"), type: z.enum(DEVICE_TYPES, "Choose a device type") }),
]);

/** What a device sends to redeem its token (docs/device-protocol.md). */
export const redeemTokenSchema = z.object({
  token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, "Expected the token as it was shown"),
  /** Made by the device, the same for every repeat of this request. */
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,100}$/, "Expected at least 16 random bytes, base64url"),
  serialNumber: optionalLine(100),
  macAddress: macAddressSchema,
  manufacturer: lineOfText(100).default(""),
  model: lineOfText(100).default(""),
  firmwareVersion: lineOfText(50).optional(),
});
