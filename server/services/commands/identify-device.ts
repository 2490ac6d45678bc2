import { identifyDeviceSchema } from "@/server/domain/commands/schema";
import { mayConnect } from "@/server/domain/devices/lifecycle";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { enqueueCommand } from "./enqueue-command";

const EXPIRES_IN_SECONDS = 120;

/** Asks a device to blink or beep, so that the person standing in the barn finds it. */
export async function identifyDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ commandId: string }> {
  const { deviceId, seconds } = parseInput(identifyDeviceSchema, input);
  return ctx.db.$transaction(async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.command");
    if (!mayConnect(device.lifecycle)) throw new AppError("conflict", `${deviceId} has no credentials and cannot be reached.`);
    const issuedById = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const { id } = await enqueueCommand(tx, {
      deviceKey: device.id,
      kind: "identify",
      params: { seconds },
      reason: null,
      issuedById,
      now: ctx.now,
      expiresInSeconds: EXPIRES_IN_SECONDS,
    });
    await recordAudit(tx, ctx, [
      {
        action: "device.command_issued",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: { command: "identify", commandId: id },
      },
    ]);
    return { commandId: id };
  });
}
