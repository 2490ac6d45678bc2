import { z } from "zod";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { IMPORT_STATES } from "@/server/domain/imports/vocabulary";
import { TOKEN_STATES } from "@/server/domain/provisioning/token-state";
import { counts, instant, maybeInstant, named, nextCursor } from "./shared";

const token = z
  .object({
    id: z.uuid(),
    state: z.enum(TOKEN_STATES),
    farm: named,
    device: z.object({ deviceId: z.string(), name: z.string() }).nullable(),
    deviceType: z.enum(DEVICE_TYPES).nullable(),
    note: z.string().nullable(),
    batchId: z.uuid().nullable(),
    issuedBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    usedAt: maybeInstant,
    usedBy: z.string().nullable(),
    revokedAt: maybeInstant,
  })
  .meta({ id: "ProvisioningToken" });
export const tokenPage = z.object({ tokens: z.array(token), nextCursor }).meta({ id: "ProvisioningTokenPage" });

export const issuedTokens = z
  .object({
    tokens: z.array(
      z.object({
        token: z.string().meta({ description: "Said once" }),
        words: z.string().meta({ description: "The same for people" }),
        qrText: z.string(),
        expiresAt: instant,
      }),
    ),
  })
  .meta({ id: "IssuedTokens" });

export const revokedTokens = z.object({ revoked: z.number().int() }).meta({ id: "RevokedTokens" });

export const importReport = z
  .object({
    id: z.uuid(),
    state: z.enum(IMPORT_STATES),
    progress: z.number(),
    failure: z.string().nullable(),
    ignoredColumns: z.array(z.string()),
    verdicts: counts,
    total: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
    errors: z.number().int(),
    wrongRows: z.array(
      z.object({ row: z.number().int(), line: z.number().int(), deviceId: z.string().nullable(), issues: z.array(z.looseObject({})) }),
    ),
    nextCursor: z.number().int().nullable(),
  })
  .meta({ id: "ImportReport" });
