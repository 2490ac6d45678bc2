import { randomUUID } from "node:crypto";
import type { Transaction } from "@/server/db/client";
import { SAMPLE_GROUPS, SAMPLE_TAGS } from "./sample-groups";

const STEP = 10;

/** Groups and tags over the sample herd, with a fixed number of statements. @param farmIds by farm code */
export async function seedGroups(tx: Transaction, farmIds: ReadonlyMap<string, string>): Promise<void> {
  const ids = new Map(SAMPLE_GROUPS.map(({ code }) => [code, randomUUID()]));
  await tx.deviceGroup.createMany({
    data: SAMPLE_GROUPS.map(({ code, name, farm, parent, deviceType, color, description, archived }, index) => ({
      id: ids.get(code),
      code,
      name,
      farmId: farm ? farmIds.get(farm) : null,
      parentId: parent ? ids.get(parent) : null,
      deviceType: deviceType ?? null,
      color,
      description: description ?? null,
      active: !archived,
      sequence: (index + 1) * STEP,
    })),
  });
  const members = SAMPLE_GROUPS.flatMap(({ code, members: ranges = [] }) =>
    ranges.flatMap(([prefix, first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => ({
        group_id: ids.get(code),
        device_id: prefix + String(first + index).padStart(3, "0"),
      })),
    ),
  );
  await tx.$executeRaw`
    UPDATE device d SET group_id = m.group_id
    FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS m(group_id uuid, device_id text) WHERE d.device_id = m.device_id`;
  const tags = await tx.deviceTag.createManyAndReturn({ data: SAMPLE_TAGS.map(({ name, color }) => ({ name, color })) });
  const worn = SAMPLE_TAGS.flatMap(({ name, devices }) =>
    devices.map((deviceId) => ({ tag_id: tags.find((tag) => tag.name === name)?.id, device_id: deviceId })),
  );
  await tx.$executeRaw`
    INSERT INTO "_device_tag_rel" ("A", "B")
    SELECT d.id, w.tag_id FROM jsonb_to_recordset(${JSON.stringify(worn)}::jsonb) AS w(tag_id uuid, device_id text)
    JOIN device d ON d.device_id = w.device_id`;
}
