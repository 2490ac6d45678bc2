import { z } from "zod";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { AppError } from "@/server/errors";
import { topicsOfDevice } from "@/server/mqtt/topics";
import { allows, farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import type { FarmPermission } from "@/server/domain/people/policy";
import { SUMMARY_INCLUDE, toDeviceDetail, type DeviceDetail } from "./views";

export interface CredentialView {
  id: string;
  issuedAt: Date;
  validUntil: Date | null;
  lastUsedAt: Date | null;
}

export interface DevicePageView extends DeviceDetail {
  topics: ReturnType<typeof topicsOfDevice>;
  credentials: CredentialView[];
  /** Of where it hangs, the newest first. */
  photos: { id: string; takenAt: Date }[];
  /** The unit that took its place, and the one whose place it took: always on the same farm. */
  replacedBy: { deviceId: string } | null;
  replaces: { deviceId: string } | null;
  /** What the caller may do here, so that the screen offers nothing that would be refused. */
  allowed: Record<"edit" | "credentials" | "decommission" | "command" | "alerts", boolean>;
}

export const getDeviceSchema = z.object({ deviceId: z.string().max(20) });

/** One device with everything its page shows. */
export async function getDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DevicePageView> {
  const { deviceId } = parseInput(getDeviceSchema, input);
  const row = await findPageRow(ctx, deviceId);
  if (!row) throw new AppError("not_found", `There is no device ${deviceId} on your farms.`);
  const may = (permission: FarmPermission) => allows(ctx.actor, row.farmId, permission);
  return {
    ...toDeviceDetail(row, ctx.now),
    replacedBy: row.replacedBy,
    replaces: row.replaces,
    topics: topicsOfDevice(row.deviceId),
    photos: row.photos,
    credentials: row.credentials.map(({ id, issuedAt, validUntil, lastUsedAt }) => ({ id, issuedAt, validUntil, lastUsedAt })),
    allowed: {
      edit: may("device.edit"),
      credentials: may("device.credentials"),
      decommission: may("device.decommission"),
      command: may("device.command"),
      alerts: may("alert.handle") && row.lifecycle !== "decommissioned",
    },
  };
}

function findPageRow(ctx: ServiceContext, deviceId: string) {
  // What is no device ID may hold signs that PostgreSQL refuses.
  if (!DEVICE_ID_PATTERN.test(deviceId)) return undefined;
  return ctx.db.device.findFirst({
    where: { deviceId, ...farmFilter(ctx.actor, "device.read") },
    include: {
      ...SUMMARY_INCLUDE,
      replacedBy: { select: { deviceId: true } },
      replaces: { select: { deviceId: true } },
      photos: { select: { id: true, takenAt: true }, orderBy: { createdAt: "desc" } },
      credentials: {
        where: { revokedAt: null, OR: [{ validUntil: null }, { validUntil: { gt: ctx.now } }] },
        orderBy: { issuedAt: "desc" },
      },
    },
  });
}
