import { inTransaction } from "@/server/db/in-transaction";
import { restartRefusal, restartVerdict } from "@/server/domain/commands/restart-policy";
import { restartDeviceSchema } from "@/server/domain/commands/schema";
import { AppError, fieldError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { lockDeviceStates } from "./enqueue-commands";
import { issueCommand, replaceQueued, requireReachable, type IssuedCommand } from "./issue-command";

/**
 * Restarts a device (specification Task 1.1). Not while its farm is milking and not one that moves something, unless
 * forced with a reason; what waits for a device is judged again when it is sent (see dispatch-commands.ts).
 * @throws conflict at `force` or `reason` with the mend, or when a restart is under way already
 */
export async function restartDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedCommand> {
  const { deviceId, reason, force } = parseInput(restartDeviceSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.command");
    requireReachable(device);
    const milkingSessions = await tx.milkingSession.findMany({ where: { farmId: device.farmId } });
    const verdict = restartVerdict({
      deviceType: device.type,
      milkingSessions,
      timeZone: device.farm.timeZone,
      now: ctx.now,
      forced: force,
      reason,
    });
    const refusal = restartRefusal(verdict, deviceId);
    if (refusal) throw fieldError("conflict", refusal.field, refusal.message);
    // Two who press at once: the second sees what the first has put into the outbox.
    await lockDeviceStates(tx, [device.id]);
    const underWay = await tx.deviceCommand.count({
      where: { deviceKey: device.id, kind: "restart", state: { in: ["sent", "acknowledged"] } },
    });
    if (underWay > 0) throw new AppError("conflict", `${deviceId} is being restarted already.`);
    await replaceQueued(tx, device.id, "restart", ctx.now);
    return issueCommand(tx, ctx, device, { kind: "restart", reason, forced: force });
  });
}
