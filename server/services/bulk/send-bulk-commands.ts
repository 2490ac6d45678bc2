import type { Transaction } from "@/server/db/client";
import type { BulkActionInput } from "@/server/domain/bulk/schema";
import { enqueueCommands } from "@/server/services/commands/enqueue-commands";
import { authorOf } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

interface BulkCommands {
  bulkId: string;
  action: Extract<BulkActionInput, { kind: "restart" | "diagnostic" }>;
  deviceKeys: readonly string[];
}

/** Queues one command for each device and ties it to its item, whose end is the command's end. */
export async function sendBulkCommands(tx: Transaction, ctx: ServiceContext, { bulkId, action, deviceKeys }: BulkCommands): Promise<void> {
  const issuedById = authorOf(ctx.actor);
  const isRestart = action.kind === "restart";
  const commands = await enqueueCommands(tx, {
    deviceKeys,
    kind: action.kind,
    params: {},
    reason: isRestart ? action.params.reason : null,
    forced: isRestart && action.params.force,
    issuedById,
    now: ctx.now,
  });
  const keys = commands.map((command) => command.deviceKey);
  const commandIds = commands.map((command) => command.commandId);
  await tx.$executeRaw`
    UPDATE bulk_item i SET command_id = c.id FROM unnest(${keys}::uuid[], ${commandIds}::uuid[]) AS c(device, id)
    WHERE i.bulk_id = ${bulkId}::uuid AND i.device_key = c.device`;
  if (isRestart) return;
  await tx.$executeRaw`
    INSERT INTO diagnostic (id, device_key, command_id, state, requested_at, requested_by_id, checks)
    SELECT gen_random_uuid(), c.device, c.id, 'running', ${ctx.now}::timestamptz, ${issuedById}::uuid, '[]'
    FROM unnest(${keys}::uuid[], ${commandIds}::uuid[]) AS c(device, id)`;
}
