import { identifyDeviceSchema } from "@/server/domain/commands/schema";
import { inTransaction } from "@/server/db/in-transaction";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { issueCommand, requireReachable, type IssuedCommand } from "./issue-command";

/** Asks a device to blink or beep, so that the person standing in the barn finds it. */
export async function identifyDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedCommand> {
  const { deviceId, seconds } = parseInput(identifyDeviceSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.command");
    requireReachable(device);
    return issueCommand(tx, ctx, device, { kind: "identify", params: { seconds } });
  });
}
