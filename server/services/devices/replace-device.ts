import type { z } from "zod";
import type { Transaction } from "@/server/db/client";
import { inTransaction } from "@/server/db/in-transaction";
import { Prisma, type Device } from "@/server/db/generated/client";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { canTransition } from "@/server/domain/devices/lifecycle";
import { replaceDeviceSchema } from "@/server/domain/devices/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { authorOf, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "@/server/services/provisioning/answer-once";
import { credentialsView, type IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { findDevice, lockDevice } from "./find-device";
import { spareFilter } from "./find-spares";
import { holdDeviceIds } from "./id-blocks/hold-device-ids";
import { nextFreeDeviceId } from "./next-free-device-id";
import { refuseNewIdentity } from "./refuse-taken-identity";
import { retireDevice } from "./retire-device";

type ReplaceInput = z.output<typeof replaceDeviceSchema>;

export interface Replacement {
  device: Pick<Device, "deviceId" | "name" | "type" | "serialNumber">;
  /** `undefined` for a registered unit that has its password already. */
  credentials: IssuedCredentials | undefined;
}

/**
 * Swaps a broken unit for another in one transaction: the old one is decommissioned, the new one takes over name, place,
 * group, tags, supply, thresholds and calibration interval, and gets credentials (shown once; a repeat with the same
 * `requestKey` within ten minutes gets the same answer). Each unit keeps its own history.
 * @throws not_found, forbidden (needs the right to provision and to decommission), conflict (old unit retired, ID, MAC or
 *   serial number taken, registered unit unfit)
 */
export async function replaceDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<Replacement> {
  const wanted = parseInput(replaceDeviceSchema, input);
  const { farmId } = await findDevice(ctx.db, ctx.actor, wanted.deviceId, "device.decommission");
  const user = requireFarmPermission(ctx.actor, farmId, "device.provision");
  return inTransaction(ctx.db, (tx) =>
    answerOnce(tx, wanted.requestKey, user.userId, async () => {
      await lockDevice(tx, { deviceId: wanted.deviceId });
      const old = await findDevice(tx, ctx.actor, wanted.deviceId, "device.decommission");
      if (!canTransition(old.lifecycle, "decommissioned")) throw new AppError("conflict", `${old.deviceId} is decommissioned already.`);
      // First: until the old unit is retired, the new one could not carry the same serial number or radio.
      await retireDevice(tx, ctx, old, wanted.reason);
      const password = newSecret();
      const { unit, issued } = await (wanted.unit === "new"
        ? registerUnit(tx, ctx, old, wanted, password)
        : takeRegisteredUnit(tx, ctx, old, wanted.newDeviceId, password));
      await tx.$executeRaw`
        INSERT INTO "_device_tag_rel" ("A", "B") SELECT ${unit.id}::uuid, "B" FROM "_device_tag_rel" WHERE "A" = ${old.id}::uuid
        ON CONFLICT DO NOTHING`;
      await tx.device.update({ where: { id: old.id }, data: { replacedById: unit.id } });
      await inheritHealthRule(tx, old, unit);
      await refreshCalibration(tx, ctx.now, { deviceKey: unit.id });
      await afterReplacing(tx, ctx, old, unit, wanted);
      const { deviceId, name, type, serialNumber } = unit;
      return {
        device: { deviceId, name, type, serialNumber },
        credentials: issued ? await credentialsView(tx, deviceId, password) : undefined,
      };
    }),
  );
}

/** What the place is, whichever unit fills it. */
function placeOf(old: Device) {
  return {
    name: old.name,
    location: old.location,
    groupId: old.groupId,
    powerSource: old.powerSource,
    connectionType: old.connectionType,
    healthCheckIntervalSeconds: old.healthCheckIntervalSeconds,
    calibrationIntervalDays: old.calibrationIntervalDays,
  };
}

/** The place keeps what it is judged by; the old unit's rule stays with it for the record. */
async function inheritHealthRule(tx: Transaction, old: Device, unit: Device): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO health_rule (id, device_key, offline_window_seconds, low_battery_threshold, weak_signal_threshold, elevated_errors, high_errors, updated_at)
    SELECT gen_random_uuid(), ${unit.id}::uuid, offline_window_seconds, low_battery_threshold, weak_signal_threshold, elevated_errors, high_errors, now()
    FROM health_rule WHERE device_key = ${old.id}::uuid
    ON CONFLICT (device_key) DO UPDATE SET offline_window_seconds = excluded.offline_window_seconds,
      low_battery_threshold = excluded.low_battery_threshold, weak_signal_threshold = excluded.weak_signal_threshold,
      elevated_errors = excluded.elevated_errors, high_errors = excluded.high_errors, version = health_rule.version + 1`;
  await applyHealthRules(tx, Prisma.sql`d.id = ${unit.id}::uuid`);
}

function credentialOf(ctx: ServiceContext, password: string) {
  const issuedById = authorOf(ctx.actor);
  return { secretHash: hashSecret(password), issuedAt: ctx.now, issuedById };
}

async function registerUnit(tx: Transaction, ctx: ServiceContext, old: Device, wanted: ReplaceInput & { unit: "new" }, password: string) {
  if (!wanted.newDeviceId) await holdDeviceIds(tx, [DEVICE_TYPE_FACTS[old.type].prefix], "counting");
  const deviceId = wanted.newDeviceId ?? (await nextFreeDeviceId(tx, old.type));
  if (!deviceId) throw fieldError("conflict", "newDeviceId", "All numbers of this type are used up. Enter an ID.");
  const { manufacturer, model, serialNumber, macAddress } = wanted;
  const { farmId, type } = old;
  await refuseNewIdentity(tx, ctx.actor, { deviceId, farmId, type, manufacturer, serialNumber, macAddress }).catch(nameTheNewId);
  const credential = credentialOf(ctx, password);
  const unit = await tx.device.create({
    data: {
      ...placeOf(old),
      deviceId,
      type,
      farmId,
      manufacturer,
      model,
      serialNumber,
      macAddress,
      lifecycle: "provisioned",
      provisioningMethod: "manual",
      provisionedAt: ctx.now,
      provisionedById: credential.issuedById,
      state: { create: {} },
      credentials: { create: credential },
    },
  });
  return { unit, issued: true };
}

/** The form calls it `newDeviceId`: `deviceId` is the unit that goes. */
function nameTheNewId(error: unknown): never {
  if (!(error instanceof AppError) || !error.fields.deviceId) throw error;
  const { deviceId, ...fields } = error.fields;
  throw new AppError(error.code, error.message, { fields: { newDeviceId: deviceId, ...fields } });
}

async function takeRegisteredUnit(tx: Transaction, ctx: ServiceContext, old: Device, newDeviceId: string, password: string) {
  await lockDevice(tx, { deviceId: newDeviceId });
  const spare = await tx.device.findFirst({
    where: { AND: [{ deviceId: newDeviceId }, spareFilter(old)] },
    include: { credentials: true },
  });
  if (!spare) throw fieldError("conflict", "newDeviceId", `${newDeviceId} is no unit of the same type on this farm that was never fitted.`);
  const hasPassword = spare.credentials.some((credential) => credential.revokedAt === null && credential.validUntil === null);
  const credential = credentialOf(ctx, password);
  const unit = await tx.device.update({
    where: { id: spare.id },
    data: {
      ...placeOf(old),
      version: { increment: 1 },
      ...(hasPassword ? {} : { credentials: { create: credential } }),
      ...(spare.lifecycle === "draft"
        ? {
            lifecycle: "provisioned" as const,
            provisioningMethod: "manual" as const,
            provisionedAt: ctx.now,
            provisionedById: credential.issuedById,
          }
        : {}),
    },
  });
  return { unit, issued: !hasPassword };
}

async function afterReplacing(tx: Transaction, ctx: ServiceContext, old: Device, unit: Device, { reason }: ReplaceInput): Promise<void> {
  const { farmId } = old;
  await announce(tx, { topic: "credentials", farmIds: [farmId], ids: [unit.deviceId] });
  await announce(tx, { topic: "devices", farmIds: [farmId], ids: [unit.deviceId] });
  const about = { subjectType: "device" as const, farmId };
  await recordAudit(tx, ctx, [
    { ...about, action: "device.decommissioned", subjectId: old.deviceId, after: { reason, replacedBy: unit.deviceId } },
    { ...about, action: "device.replaced", subjectId: old.deviceId, after: { replacedBy: unit.deviceId } },
    {
      ...about,
      action: "device.provisioned",
      subjectId: unit.deviceId,
      after: { name: unit.name, type: unit.type, method: "manual", replaces: old.deviceId },
    },
  ]);
}
