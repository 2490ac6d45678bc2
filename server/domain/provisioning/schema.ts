import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { DEVICE_TYPES } from "../devices/device-type";
import { macAddressSchema } from "../devices/mac-address";
import { provisionDeviceSchema } from "../devices/schema";
import { lineOfText, optionalLine } from "../text";
import { TOKEN_STATES } from "./token-state";
import { readPresentedToken } from "./token-words";

/** DESIGN 4: a provisioning token is valid for 24 hours. */
export const TOKEN_VALID_HOURS = 24;

/** So many tokens are issued at once at most: a box of devices, not a fleet. */
export const MAX_TOKENS_AT_ONCE = 200;

const TOKEN_NOTE = optionalLine(200);
const REQUEST_KEY = provisionDeviceSchema.shape.requestKey;

/** A token for one registered device. */
export const issueForDeviceSchema = z.object({ deviceId: deviceIdSchema, note: TOKEN_NOTE, requestKey: REQUEST_KEY });

/** Tokens for new devices of a type on a farm. */
export const issueForFarmSchema = z.object({
  farmId: z.uuid("Choose a farm"),
  type: z.enum(DEVICE_TYPES, "Choose a device type"),
  count: z
    .number("Enter a number")
    .int("Enter a whole number")
    .min(1, "At least 1")
    .max(MAX_TOKENS_AT_ONCE, `At most ${MAX_TOKENS_AT_ONCE}`)
    .default(1),
  note: TOKEN_NOTE,
  requestKey: REQUEST_KEY,
});

export const issueTokensSchema = z.union([issueForDeviceSchema, issueForFarmSchema]);

/** Filters and page of the token list. Empty arrays filter nothing. */
export const listTokensSchema = z.object({
  farmIds: z.array(z.uuid()).max(100).default([]),
  states: z.array(z.enum(TOKEN_STATES)).default([]),
  batchId: z.uuid().optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(200).default(50),
});

export type ListTokensInput = z.output<typeof listTokensSchema>;

/** What a device sends to redeem its token (docs/device-protocol.md). */
export const redeemTokenSchema = z.object({
  token: z
    .string()
    .max(200)
    .transform((presented, context) => {
      const token = readPresentedToken(presented);
      if (token) return token;
      context.addIssue("Expected the token as it was shown, or its three words");
      return z.NEVER;
    }),
  /** Made by the device, the same for every repeat of this request. */
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,100}$/, "Expected at least 16 random bytes, base64url"),
  serialNumber: optionalLine(100),
  macAddress: macAddressSchema,
  manufacturer: lineOfText(100).default(""),
  model: lineOfText(100).default(""),
  firmwareVersion: lineOfText(50).optional(),
});
