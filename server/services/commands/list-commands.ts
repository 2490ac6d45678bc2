import { z } from "zod";
import type { DeviceCommand } from "@/server/db/generated/client";
import { deviceIdSchema } from "@/server/domain/devices/device-id";
import { milkingAt, type Milking } from "@/server/domain/farms/milking";
import { isOnline } from "@/server/domain/health/presence";
import type { ServiceContext } from "@/server/services/context";
import { allows } from "@/server/services/authorize";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { namesOf } from "@/server/services/people/names-of";

export const listCommandsSchema = z.object({
  deviceId: deviceIdSchema,
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(8),
});

/** Why an open command has not been sent. */
export type CommandWait =
  | { kind: "device" }
  /** A restart that was not forced, while the farm milks. */
  | { kind: "milking"; milking: Milking }
  /** Behind an earlier command: a device gets one after the other. */
  | { kind: "earlier" };

export interface CommandView extends Pick<
  DeviceCommand,
  | "id"
  | "kind"
  | "state"
  | "reason"
  | "forced"
  | "issuedAt"
  | "sentAt"
  | "acknowledgedAt"
  | "finishedAt"
  | "expiresAt"
  | "attempts"
  | "error"
> {
  /** Name of who issued it; `null` for the server itself. */
  issuedBy: string | null;
  payload: unknown;
  waitsFor: CommandWait | null;
  cancellable: boolean;
}

export interface CommandPage {
  commands: CommandView[];
  total: number;
  page: number;
  pageSize: number;
  /** Whether the caller may cancel and issue. */
  mayCommand: boolean;
}

/** A device's commands, the newest first: how far each got, who asked for it and why. */
export async function listCommands({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<CommandPage> {
  const { deviceId, page, pageSize } = parseInput(listCommandsSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const where = { deviceKey: device.id };
  const [rows, total, first, state, sessions] = await Promise.all([
    ctx.db.deviceCommand.findMany({ where, orderBy: { seq: "desc" }, skip: (page - 1) * pageSize, take: pageSize }),
    ctx.db.deviceCommand.count({ where }),
    ctx.db.deviceCommand.findFirst({ where: { ...where, finishedAt: null }, orderBy: { seq: "asc" }, select: { id: true } }),
    ctx.db.deviceState.findUnique({ where: { deviceKey: device.id } }),
    ctx.db.milkingSession.findMany({ where: { farmId: device.farmId } }),
  ]);
  const names = await namesOf(
    ctx.db,
    rows.map((row) => row.issuedById),
  );
  const circumstances = {
    firstOpenId: first?.id,
    online: state !== null && isOnline({ ...state, offlineWindowSeconds: device.offlineWindowSeconds }, ctx.now),
    milking: milkingAt(sessions, device.farm.timeZone, ctx.now),
  };
  return {
    commands: rows.map((row) => toCommandView(row, row.issuedById === null ? null : (names.get(row.issuedById) ?? null), circumstances)),
    total,
    page,
    pageSize,
    mayCommand: allows(ctx.actor, device.farmId, "device.command"),
  };
}

function toCommandView(row: DeviceCommand, issuedBy: string | null, circumstances: Circumstances): CommandView {
  const { id, kind, state, reason, forced, payload, issuedAt, sentAt, acknowledgedAt, finishedAt, expiresAt, attempts, error } = row;
  return {
    id,
    kind,
    state,
    reason,
    forced,
    payload,
    issuedAt,
    sentAt,
    acknowledgedAt,
    finishedAt,
    expiresAt,
    attempts,
    error,
    issuedBy,
    waitsFor: waitOf(row, circumstances),
    cancellable: acknowledgedAt === null && (state === "queued" || state === "sent"),
  };
}

interface Circumstances {
  firstOpenId: string | undefined;
  online: boolean;
  milking: Milking | undefined;
}

function waitOf(row: DeviceCommand, { firstOpenId, online, milking }: Circumstances): CommandWait | null {
  if (row.state !== "queued" && row.state !== "sent") return null;
  if (!online) return { kind: "device" };
  if (row.id !== firstOpenId) return { kind: "earlier" };
  return row.kind === "restart" && !row.forced && milking ? { kind: "milking", milking } : null;
}
