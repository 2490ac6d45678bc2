import { inTransaction } from "@/server/db/in-transaction";
import { runDiagnosticSchema } from "@/server/domain/diagnostics/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireReachable } from "@/server/services/commands/issue-command";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { startDiagnostics } from "./start-diagnostics";

/**
 * Examines a device (specification Task 1.1 and 7.2): asks it for its self-test; the report is written when it answers
 * or its time is over.
 * @returns the diagnostic; `isNew` is false when one was running already, and then it is that one
 */
export async function runDiagnostic({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ diagnosticId: string; commandId: string | null; isNew: boolean }> {
  const { deviceId } = parseInput(runDiagnosticSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.command");
    requireReachable(device);
    const requestedById = authorOf(ctx.actor);
    const [diagnostic] = await startDiagnostics(tx, { deviceKeys: [device.id], requestedById, now: ctx.now });
    if (!diagnostic) throw new Error(`${deviceId} has no state row`);
    const { diagnosticId, commandId, isNew } = diagnostic;
    if (!isNew) return { diagnosticId, commandId, isNew };
    await announce(tx, { topic: "devices", farmIds: [device.farmId], ids: [deviceId] });
    await recordAudit(tx, ctx, [
      {
        action: "device.diagnostic_started",
        subjectType: "device",
        subjectId: deviceId,
        farmId: device.farmId,
        after: { commandId, diagnosticId },
      },
    ]);
    return { diagnosticId, commandId, isNew };
  });
}
