import { z } from "zod";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { mayConnect } from "@/server/domain/devices/lifecycle";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice, lockDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "./answer-once";
import { endCredentials } from "./end-credentials";
import { credentialsView, type IssuedCredentials } from "./credentials-view";
import { hashSecret, newSecret } from "./secret";

const MAX_OVERLAP_HOURS = 24 * 7;

export const rotateCredentialsSchema = z.object({
  deviceId: deviceIdSchema,
  /** How long the former password still works, so that a device in the field can be switched over without a gap. */
  overlapHours: z.number().int().min(0).max(MAX_OVERLAP_HOURS).default(0),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
});

/** Issues a new password; the former one is refused at once or after the chosen overlap (DESIGN 4). */
export async function rotateCredentials({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedCredentials> {
  const { deviceId, overlapHours, requestKey } = parseInput(rotateCredentialsSchema, input);
  return ctx.db.$transaction(async (tx) => {
    await lockDevice(tx, { deviceId });
    const device = await findDevice(tx, ctx.actor, deviceId, "device.credentials");
    const userId = authorOf(ctx.actor) ?? "";
    return answerOnce(tx, requestKey, userId, async () => {
      if (device.lifecycle !== "draft" && !mayConnect(device.lifecycle)) {
        throw new AppError("conflict", `${deviceId} is decommissioned; it gets no new credentials.`);
      }
      const password = newSecret();
      await endCredentials(tx, ctx.now, [device.id], overlapHours);
      await tx.deviceCredential.create({
        data: { deviceKey: device.id, secretHash: hashSecret(password), issuedAt: ctx.now, issuedById: userId || null },
      });
      if (device.lifecycle === "draft") {
        await tx.device.update({
          where: { id: device.id },
          data: { lifecycle: "provisioned", provisionedAt: ctx.now, provisionedById: userId || null, provisioningMethod: "manual" },
        });
      }
      await announce(tx, { topic: "credentials", farmIds: [device.farmId], ids: [deviceId] });
      await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
      await recordAudit(tx, ctx, [
        {
          action: "device.credentials_rotated",
          subjectType: "device",
          subjectId: deviceId,
          farmId: device.farmId,
          after: { overlapHours },
        },
      ]);
      return credentialsView(tx, deviceId, password);
    });
  });
}
