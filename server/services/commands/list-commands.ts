import { z } from "zod";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";

export const listCommandsSchema = z.object({ deviceId: z.string().max(20), limit: z.number().int().min(1).max(100).default(10) });

/** A device's newest commands, with how far each got. */
export async function listCommands({ ctx, input }: { ctx: ServiceContext; input: unknown }) {
  const { deviceId, limit } = parseInput(listCommandsSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const rows = await ctx.db.deviceCommand.findMany({ where: { deviceKey: device.id }, orderBy: { seq: "desc" }, take: limit });
  return rows.map(({ id, kind, state, reason, issuedAt, sentAt, acknowledgedAt, finishedAt, expiresAt, attempts, error }) => ({
    id,
    kind,
    state,
    reason,
    issuedAt,
    sentAt,
    acknowledgedAt,
    finishedAt,
    expiresAt,
    attempts,
    error,
  }));
}
