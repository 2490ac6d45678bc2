import { deviceUpdatesSchema } from "@/server/domain/rollouts/schema";
import type { RolloutKind, RolloutState, TargetState } from "@/server/domain/rollouts/vocabulary";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";
import { TARGET_COLUMNS, type TargetView } from "./list-targets";

export interface DeviceUpdate extends TargetView {
  rollout: { id: string; name: string; kind: RolloutKind; state: RolloutState };
  /** Oldest first. */
  log: { at: Date; state: TargetState; durationSeconds: number | null; detail: string | null }[];
}

const MAX_SHOWN = 50;

/** Every update of a device with its log, the newest first (specification: update history, day 668). @throws not_found */
export async function listDeviceUpdates({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DeviceUpdate[]> {
  const { deviceId } = parseInput(deviceUpdatesSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const rows = await ctx.db.$queryRaw<DeviceUpdate[]>`
    SELECT ${TARGET_COLUMNS}, jsonb_build_object('id', r.id, 'name', r.name, 'kind', r.kind, 'state', r.state) AS rollout,
      coalesce((SELECT jsonb_agg(jsonb_build_object('at', l.at, 'state', l.state, 'durationSeconds', l.duration_seconds, 'detail', l.detail)
        ORDER BY l.at, l.state) FROM rollout_log l WHERE l.target_id = t.id), '[]') AS log
    FROM rollout_target t JOIN rollout r ON r.id = t.rollout_id JOIN device d ON d.id = t.device_key JOIN firmware_version w ON w.id = t.firmware_id
    WHERE t.device_key = ${device.id}::uuid ORDER BY coalesce(t.sent_at, t.state_at) DESC, t.id LIMIT ${MAX_SHOWN}`;
  return rows.map((row) => ({ ...row, log: row.log.map((entry) => ({ ...entry, at: new Date(entry.at) })) }));
}
