import type { Transaction } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { CommandKind } from "@/server/domain/commands/schema";

interface NewCommand {
  deviceKey: string;
  kind: CommandKind;
  params: Prisma.InputJsonObject;
  reason: string | null;
  issuedById: string | null;
  now: Date;
  expiresInSeconds: number;
}

/** Puts a command into the outbox, in the transaction of the change that caused it. The worker publishes it. */
export async function enqueueCommand(tx: Transaction, command: NewCommand): Promise<{ id: string }> {
  // The state row is the device's lock: two commands at once get two numbers.
  await tx.$queryRaw`SELECT 1 FROM device_state WHERE device_key = ${command.deviceKey}::uuid FOR UPDATE`;
  const last = await tx.deviceCommand.aggregate({ where: { deviceKey: command.deviceKey }, _max: { seq: true } });
  return tx.deviceCommand.create({
    data: {
      deviceKey: command.deviceKey,
      seq: (last._max.seq ?? 0n) + 1n,
      kind: command.kind,
      payload: command.params,
      reason: command.reason,
      issuedById: command.issuedById,
      issuedAt: command.now,
      availableAt: command.now,
      expiresAt: new Date(command.now.getTime() + command.expiresInSeconds * 1000),
    },
    select: { id: true },
  });
}
