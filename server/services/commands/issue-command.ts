import type { Transaction } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { mayConnect, type DeviceLifecycle } from "@/server/domain/devices/lifecycle";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { announce } from "@/server/services/feed/announce";
import { enqueueCommands } from "./enqueue-commands";

interface CommandToIssue {
  kind: "identify" | "restart" | "configure";
  params?: Prisma.InputJsonObject;
  reason?: string | null;
  forced?: boolean;
}

const AUDIT_ACTIONS: Record<CommandToIssue["kind"], string> = {
  identify: "device.command_issued",
  restart: "device.restart_requested",
  configure: "device.configured",
};

export interface IssuedCommand {
  commandId: string;
  /** When it is given up, should the device stay away. */
  expiresAt: Date;
}

/** @throws conflict for a device that has no credentials, so that nothing can reach it */
export function requireReachable(device: { deviceId: string; lifecycle: DeviceLifecycle }): void {
  if (!mayConnect(device.lifecycle)) throw new AppError("conflict", `${device.deviceId} has no credentials and cannot be reached.`);
}

/** Puts one command for one device into the outbox, told to the watchers and written into the audit. Call it last. */
export async function issueCommand(
  tx: Transaction,
  ctx: ServiceContext,
  device: { id: string; deviceId: string; farmId: string },
  { kind, params = {}, reason = null, forced = false }: CommandToIssue,
): Promise<IssuedCommand> {
  const issuedById = authorOf(ctx.actor);
  const [command] = await enqueueCommands(tx, { deviceKeys: [device.id], kind, params, reason, forced, issuedById, now: ctx.now });
  if (!command) throw new Error(`${device.deviceId} has no state row`);
  const { commandId, expiresAt } = command;
  await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
  await recordAudit(tx, ctx, [
    {
      action: AUDIT_ACTIONS[kind],
      subjectType: "device",
      subjectId: device.deviceId,
      farmId: device.farmId,
      after: { command: kind, commandId, ...(reason ? { reason } : {}), ...(forced ? { forced } : {}), ...params },
    },
  ]);
  return { commandId, expiresAt };
}

/** Takes back what has not been sent yet because a newer command of its kind says it better. */
export async function replaceQueued(tx: Transaction, deviceKey: string, kind: "restart" | "configure", now: Date): Promise<void> {
  await tx.deviceCommand.updateMany({
    where: { deviceKey, kind, state: "queued" },
    data: { state: "cancelled", finishedAt: now, error: "Replaced by a newer one." },
  });
}
