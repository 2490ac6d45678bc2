import type { Transaction } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { COMMAND_LIFETIME_SECONDS } from "@/server/domain/commands/schema";

interface NewCommands {
  /** Primary keys; each device gets one command. */
  deviceKeys: readonly string[];
  kind: keyof typeof COMMAND_LIFETIME_SECONDS;
  params: Prisma.InputJsonObject;
  reason: string | null;
  forced: boolean;
  issuedById: string | null;
  now: Date;
  expiresInSeconds?: number;
}

interface EnqueuedCommand {
  deviceKey: string;
  commandId: string;
  expiresAt: Date;
}

/**
 * Holds the state rows of devices until the transaction ends, in the order ingest takes them: while they are held,
 * nobody else numbers commands or starts a diagnostic of these devices.
 */
export async function lockDeviceStates(tx: Transaction, deviceKeys: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM device_state WHERE device_key = ANY(${deviceKeys}::uuid[]) ORDER BY device_key FOR UPDATE) AS held`;
}

/**
 * Puts one command for each device into the outbox, in the transaction of the change that caused them: a lock and one
 * INSERT, however many devices. The worker publishes them.
 */
export async function enqueueCommands(tx: Transaction, commands: NewCommands): Promise<EnqueuedCommand[]> {
  const { deviceKeys, kind, now, expiresInSeconds = COMMAND_LIFETIME_SECONDS[kind] } = commands;
  if (deviceKeys.length === 0) return [];
  // A statement of its own: what waited for the lock has to see the numbers that were given out meanwhile.
  await lockDeviceStates(tx, deviceKeys);
  const expiresAt = new Date(now.getTime() + expiresInSeconds * 1000);
  const rows = await tx.$queryRaw<{ id: string; device_key: string }[]>`
    INSERT INTO device_command (id, device_key, seq, kind, payload, reason, forced, issued_by_id, issued_at, available_at, expires_at)
    SELECT gen_random_uuid(), s.device_key,
      (SELECT coalesce(max(c.seq), 0) + 1 FROM device_command c WHERE c.device_key = s.device_key),
      ${kind}::command_kind, ${JSON.stringify(commands.params)}::jsonb, ${commands.reason}, ${commands.forced},
      ${commands.issuedById}::uuid, ${now}::timestamptz, ${now}::timestamptz, ${expiresAt}::timestamptz
    FROM device_state s WHERE s.device_key = ANY(${deviceKeys}::uuid[])
    RETURNING id, device_key`;
  return rows.map((row) => ({ deviceKey: row.device_key, commandId: row.id, expiresAt }));
}
