import type { DeviceType } from "@/server/domain/devices/device-type";
import { formatDeviceId, parseDeviceId } from "@/server/domain/devices/device-id";
import type { FieldDatabase, FieldPack } from "./field-database";
import { readOutbox } from "./outbox";

/** The next ID of the person's reserved blocks that no device has, here or in the outbox; `undefined` = none is left. */
export async function nextReservedId(
  db: FieldDatabase,
  pack: FieldPack,
  { farmId, type }: { farmId: string; type: DeviceType },
): Promise<string | undefined> {
  const given = new Set((await readOutbox(db)).map((entry) => entry.action.deviceId));
  for (const block of pack.blocks.filter((candidate) => candidate.farmId === farmId && candidate.type === type)) {
    const first = parseDeviceId(block.firstId);
    if (!first) continue;
    const ids = Array.from({ length: block.count }, (_, index) => formatDeviceId(first.prefix, first.number + index));
    const known = await Promise.all(ids.map((id) => db.getKey("devices", id)));
    const free = ids.find((id, index) => known[index] === undefined && !given.has(id));
    if (free) return free;
  }
  return undefined;
}
