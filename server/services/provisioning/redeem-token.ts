import type { z } from "zod";
import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { redeemTokenSchema } from "@/server/domain/provisioning/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { lockDevice } from "@/server/services/devices/find-device";
import { holdDeviceIds } from "@/server/services/devices/id-blocks/hold-device-ids";
import { nextFreeDeviceId } from "@/server/services/devices/next-free-device-id";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { parseInput } from "@/server/services/parse";
import { consumeRateLimit, giveBackRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { answerOnce } from "./answer-once";
import { credentialsView, type IssuedCredentials } from "./credentials-view";
import { hashSecret, newSecret } from "./secret";
import { hashTokenWords } from "./token-words";

interface RedeemContext {
  db: Database;
  now: Date;
  requestId: string;
  address: string;
}

type Hardware = z.output<typeof redeemTokenSchema>;

const CANNOT_BE_USED = "This token cannot be used. Ask for a new one.";
/** Wrong three-word codes from all addresses together; token-words.ts has the arithmetic. */
const GUESSES = { key: "provision-words", max: 100, windowSeconds: 600 };

/**
 * Gives a device its credentials for a token, presented in full or as three words. One winner however many try at
 * once; the winner's repeats with the same nonce within ten minutes get the same answer, because a lost response must
 * not brick a device.
 * @throws unauthenticated for unknown, used, revoked and expired tokens alike; conflict when MAC or serial are taken;
 *   rate_limited for an address that tries too often, and for words while too many wrong ones arrive from anywhere
 */
export async function redeemToken({ ctx, input }: { ctx: RedeemContext; input: unknown }): Promise<IssuedCredentials> {
  await consumeRateLimit(ctx.db, { key: `provision:${ctx.address}`, max: 60, windowSeconds: 60 });
  const hardware = parseInput(redeemTokenSchema, input);
  // A token in full cannot be guessed, so it is never held up by those who guess words.
  if (hardware.token.form === "text") return redeem(ctx, hardware);
  await consumeRateLimit(ctx.db, GUESSES);
  try {
    const credentials = await redeem(ctx, hardware);
    await giveBackRateLimit(ctx.db, GUESSES.key);
    return credentials;
  } catch (error) {
    // Only a wrong code is a guess.
    if (!(error instanceof AppError && error.code === "unauthenticated")) await giveBackRateLimit(ctx.db, GUESSES.key);
    throw error;
  }
}

function redeem(ctx: RedeemContext, hardware: Hardware): Promise<IssuedCredentials> {
  const { form, value } = hardware.token;
  const presented = form === "words" ? { wordsHash: hashTokenWords(value) } : { tokenHash: hashSecret(value) };
  return inTransaction(ctx.db, (tx) =>
    answerOnce(tx, `${value}.${hardware.nonce}`, "provisioning token", async () => {
      // Loses to whoever redeemed or revoked the token first.
      const [token] = await tx.provisioningToken.updateManyAndReturn({
        where: { ...presented, usedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } },
        data: { usedAt: ctx.now },
      });
      if (!token) throw new AppError("unauthenticated", CANNOT_BE_USED);
      const device = token.deviceKey ? await claimDevice(tx, token.deviceKey, ctx.now) : await createDevice(tx, token, hardware, ctx.now);
      const password = newSecret();
      await tx.provisioningToken.update({ where: { id: token.id }, data: { usedBy: device.deviceId } });
      await tx.deviceCredential.updateMany({ where: { deviceKey: device.id, revokedAt: null }, data: { revokedAt: ctx.now } });
      await tx.deviceCredential.create({ data: { deviceKey: device.id, secretHash: hashSecret(password), issuedAt: ctx.now } });
      await announce(tx, { topic: "credentials", farmIds: [token.farmId], ids: [device.deviceId] });
      await announce(tx, { topic: "farms", farmIds: [token.farmId], ids: [] });
      await announce(tx, { topic: "devices", farmIds: [token.farmId], ids: [device.deviceId] });
      await announce(tx, { topic: "tokens", farmIds: [token.farmId], ids: [token.id] });
      const actor = { kind: "device" as const, label: device.deviceId };
      await recordAudit(tx, { ...ctx, actor }, [
        {
          action: "device.provisioned",
          subjectType: "device",
          subjectId: device.deviceId,
          farmId: token.farmId,
          after: { method: "api", tokenId: token.id, form },
        },
      ]);
      return credentialsView(tx, device.deviceId, password);
    }),
  );
}

async function claimDevice(tx: Transaction, deviceKey: string, now: Date): Promise<{ id: string; deviceId: string }> {
  await lockDevice(tx, { id: deviceKey });
  const device = await tx.device.findUniqueOrThrow({ where: { id: deviceKey }, select: { id: true, deviceId: true, lifecycle: true } });
  if (device.lifecycle === "decommissioned") throw new AppError("unauthenticated", CANNOT_BE_USED);
  if (device.lifecycle === "draft") {
    await tx.device.update({ where: { id: device.id }, data: { lifecycle: "provisioned", provisionedAt: now, provisioningMethod: "api" } });
  }
  return device;
}

async function createDevice(
  tx: Transaction,
  token: { farmId: string; deviceType: DeviceType | null },
  hardware: Hardware,
  now: Date,
): Promise<{ id: string; deviceId: string }> {
  if (!token.deviceType) throw new Error("A provisioning token names neither a device nor a type");
  const { prefix, label } = DEVICE_TYPE_FACTS[token.deviceType];
  // Two devices that redeem at once must not count the same highest number.
  await holdDeviceIds(tx, [prefix], "counting");
  const deviceId = await nextFreeDeviceId(tx, token.deviceType);
  if (!deviceId) throw new AppError("conflict", `All ${prefix} numbers are used up.`);
  const { serialNumber, macAddress, manufacturer, model } = hardware;
  const clashes = [...(macAddress ? [{ macAddress }] : []), ...(serialNumber ? [{ manufacturer, serialNumber }] : [])];
  const taken = clashes.length > 0 && (await tx.device.count({ where: { lifecycle: { not: "decommissioned" }, OR: clashes } }));
  if (taken) throw new AppError("conflict", "A device with this MAC address or serial number is registered already.");
  const device = await tx.device.create({
    data: {
      deviceId,
      name: `${label} ${deviceId}`,
      type: token.deviceType,
      farmId: token.farmId,
      serialNumber,
      macAddress,
      manufacturer,
      model,
      lifecycle: "provisioned",
      provisionedAt: now,
      provisioningMethod: "api",
      state: { create: {} },
    },
    select: { id: true, deviceId: true },
  });
  await applyHealthRules(tx, Prisma.sql`d.id = ${device.id}::uuid`);
  return device;
}
