import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { issueForDeviceSchema, issueForFarmSchema, TOKEN_VALID_HOURS } from "@/server/domain/provisioning/schema";
import { tokenQrText } from "@/server/domain/provisioning/token-sheet";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice, lockDevice } from "@/server/services/devices/find-device";
import { requireFarm } from "@/server/services/farms/require-farm";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "./answer-once";
import { hashSecret, newSecret } from "./secret";
import { hashTokenWords, newTokenWords } from "./token-words";

/** One token, shown once: the server keeps hashes of both forms. */
export interface IssuedToken {
  /** 256 random bits, base64url. */
  token: string;
  /** The same for people: `barn-milk-tractor`. */
  words: string;
  /** What its QR code says: token and address of the server. */
  qrText: string;
  expiresAt: Date;
}

type TokenRequest = z.output<typeof issueForDeviceSchema> | z.output<typeof issueForFarmSchema>;

interface TokenTarget {
  farmId: string;
  deviceKey: string | null;
  deviceType: DeviceType | null;
}

/**
 * Issues one-time tokens that let devices fetch their own credentials (specification Task 1.1): one for a registered
 * device, or up to 200 for new devices of a type on a farm. A device has one open token at most: a new one ends the
 * former. A repeat with the same `requestKey` within ten minutes gets the same answer.
 * @throws invalid_input, not_found (farm or device), forbidden, conflict (device is decommissioned)
 */
export async function issueTokens({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedToken[]> {
  const request: TokenRequest = namesDevice(input) ? parseInput(issueForDeviceSchema, input) : parseInput(issueForFarmSchema, input);
  const user = requireUser(ctx.actor);
  const expiresAt = new Date(ctx.now.getTime() + TOKEN_VALID_HOURS * 3_600_000);
  return inTransaction(ctx.db, async (tx) => {
    const target = await targetOf(tx, ctx, request);
    return answerOnce(tx, request.requestKey, user.userId, async () => {
      const count = "count" in request ? request.count : 1;
      const batchId = count > 1 ? randomUUID() : null;
      const replaced = target.deviceKey ? await endOpenTokens(tx, target.deviceKey, ctx.now) : 0;
      const issued = newTokenWords(count).map((words) => ({ token: newToken(), words }));
      const rows = await tx.provisioningToken.createManyAndReturn({
        data: issued.map(({ token, words }) => ({
          ...target,
          tokenHash: hashSecret(token),
          wordsHash: hashTokenWords(words),
          batchId,
          note: request.note,
          issuedById: user.userId,
          createdAt: ctx.now,
          expiresAt,
        })),
        select: { id: true },
      });
      await announce(tx, { topic: "tokens", farmIds: [target.farmId], ids: rows.map(({ id }) => id) });
      const { requestKey: _, ...after } = request;
      await recordAudit(tx, ctx, [
        {
          action: "provisioning_token.issued",
          subjectType: "provisioning_token",
          subjectId: batchId ?? rows[0]?.id ?? "",
          farmId: target.farmId,
          after: { ...after, count, replaced, expiresAt },
        },
      ]);
      return issued.map(({ token, words }) => ({ token, words, qrText: tokenQrText(token, env().PUBLIC_URL), expiresAt }));
    });
  });
}

function namesDevice(input: unknown): boolean {
  return typeof input === "object" && input !== null && "deviceId" in input;
}

async function targetOf(tx: Transaction, ctx: ServiceContext, request: TokenRequest): Promise<TokenTarget> {
  if ("farmId" in request) {
    requireFarmPermission(ctx.actor, request.farmId, "device.provision");
    await requireFarm(tx, request.farmId);
    return { farmId: request.farmId, deviceKey: null, deviceType: request.type };
  }
  await lockDevice(tx, { deviceId: request.deviceId });
  const device = await findDevice(tx, ctx.actor, request.deviceId, "device.provision");
  if (device.lifecycle === "decommissioned") throw new AppError("conflict", `${device.deviceId} is decommissioned; it gets no token.`);
  return { farmId: device.farmId, deviceKey: device.id, deviceType: null };
}

async function endOpenTokens(tx: Transaction, deviceKey: string, now: Date): Promise<number> {
  const { count } = await tx.provisioningToken.updateMany({
    where: { deviceKey, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count;
}

/** Never with a dash in front, which spreadsheets would take for a formula. */
function newToken(): string {
  const token = newSecret();
  return token.startsWith("-") ? newToken() : token;
}
