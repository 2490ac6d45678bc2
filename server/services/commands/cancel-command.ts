import { inTransaction } from "@/server/db/in-transaction";
import { cancelCommandSchema } from "@/server/domain/commands/schema";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { farmFilter, requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { completeDiagnostics } from "@/server/services/diagnostics/complete-diagnostics";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";

/**
 * Takes a command back that its device has not taken. One that was sent may still be carried out: the answer on its way
 * is then ignored.
 * @throws conflict when the device has taken it or it is over
 */
export async function cancelCommand({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { commandId } = parseInput(cancelCommandSchema, input);
  await inTransaction(ctx.db, async (tx) => {
    const command = await tx.deviceCommand.findFirst({
      where: { id: commandId, device: farmFilter(ctx.actor, "device.read") },
      include: { device: true },
    });
    if (!command) throw new AppError("not_found", "There is no such command on your farms.");
    const { device } = command;
    requireFarmPermission(ctx.actor, device.farmId, "device.command");
    // Loses to the device's answer, and to its expiry.
    const { count } = await tx.deviceCommand.updateMany({
      where: { id: commandId, state: { in: ["queued", "sent"] }, acknowledgedAt: null },
      data: { state: "cancelled", finishedAt: ctx.now, error: command.sentAt ? "Cancelled; it may have arrived before." : "Cancelled." },
    });
    if (count === 0) throw new AppError("conflict", `${device.deviceId} has taken this command already, or it is over.`);
    if (command.kind === "diagnostic") await completeDiagnostics(tx, { commandIds: [commandId] }, ctx.now);
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [device.deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.command_cancelled",
        subjectType: "device",
        subjectId: device.deviceId,
        farmId: device.farmId,
        after: { command: command.kind, commandId },
      },
    ]);
  });
}
