import { z } from "zod";
import { requiredLine } from "../text";
import { API_SCOPES } from "./scopes";

/** How long the former secret may go on working after a rotation, in hours. */
export const MAX_OVERLAP_HOURS = 7 * 24;
export const MAX_KEY_DAYS = 730;

export const createApiKeySchema = z
  .object({
    name: requiredLine(60, "Name is required"),
    scopes: z
      .array(z.enum(API_SCOPES))
      .min(1, "Choose at least one scope")
      .max(API_SCOPES.length)
      .transform((scopes) => [...new Set(scopes)]),
    /** Empty = every farm of its owner, those of the future included. */
    farmIds: z
      .array(z.uuid())
      .max(500)
      .default([])
      .transform((farmIds) => [...new Set(farmIds)]),
    /** Days until it ends; `null` = never. */
    expiresInDays: z.number().int().min(1, "At least one day").max(MAX_KEY_DAYS, `At most ${MAX_KEY_DAYS} days`).nullable().default(365),
  })
  .refine(({ scopes, farmIds }) => farmIds.length === 0 || !scopes.includes("firmware.manage"), {
    path: ["scopes"],
    error: "Firmware belongs to no farm: a key that releases it cannot be limited to farms",
  });

export const rotateApiKeySchema = z.object({
  id: z.uuid(),
  /** Hours for which the former secret works beside the new one; 0 = not at all. */
  overlapHours: z.number().int().min(0).max(MAX_OVERLAP_HOURS, `At most ${MAX_OVERLAP_HOURS} hours`).default(24),
});

export const apiKeyIdSchema = z.object({ id: z.uuid() });

/** `sdk_` says what it is to people and to scanners of leaked secrets; eight readable characters tell keys apart. */
export const API_KEY_PATTERN = /^sdk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/;
export const API_KEY_PREFIX_LENGTH = 12;
