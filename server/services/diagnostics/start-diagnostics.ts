import type { Transaction } from "@/server/db/client";
import { enqueueCommands, lockDeviceStates } from "@/server/services/commands/enqueue-commands";

interface StartedDiagnostic {
  deviceKey: string;
  diagnosticId: string;
  commandId: string | null;
  /** False: one was running already, and this is that one. */
  isNew: boolean;
}

/**
 * Starts one diagnostic on each device with its command, unless one is running there: a fixed number of statements,
 * however many devices.
 */
export async function startDiagnostics(
  tx: Transaction,
  { deviceKeys, requestedById, now }: { deviceKeys: readonly string[]; requestedById: string | null; now: Date },
): Promise<StartedDiagnostic[]> {
  // Two who press at once: the second sees what the first has started.
  await lockDeviceStates(tx, deviceKeys);
  const running = await tx.diagnostic.findMany({
    where: { deviceKey: { in: [...deviceKeys] }, finishedAt: null },
    select: { id: true, deviceKey: true, commandId: true },
  });
  const busy = new Set(running.map(({ deviceKey }) => deviceKey));
  const commands = await enqueueCommands(tx, {
    deviceKeys: deviceKeys.filter((deviceKey) => !busy.has(deviceKey)),
    kind: "diagnostic",
    params: {},
    reason: null,
    forced: false,
    issuedById: requestedById,
    now,
  });
  const started = await tx.diagnostic.createManyAndReturn({
    data: commands.map(({ deviceKey, commandId }) => ({ deviceKey, commandId, requestedAt: now, requestedById })),
    select: { id: true, deviceKey: true, commandId: true },
  });
  return [
    ...started.map(({ id, ...diagnostic }) => ({ ...diagnostic, diagnosticId: id, isNew: true })),
    ...running.map(({ id, ...diagnostic }) => ({ ...diagnostic, diagnosticId: id, isNew: false })),
  ];
}
