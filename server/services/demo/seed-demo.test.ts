import { expect, test } from "vitest";
import { joinRefusal, placementRefusal } from "@/server/domain/groups/policy";
import { nodesById } from "@/server/domain/groups/tree";
import { useTestDatabase } from "@/server/testing/database";
import { SAMPLE_GROUPS, SAMPLE_TAGS } from "./sample-groups";
import { seedDemo } from "./seed-demo";

const database = useTestDatabase();

test("the demo's groups and tags obey the rules that people's do", async () => {
  const { db } = database;
  await seedDemo(db, new Date());
  const groups = await db.deviceGroup.findMany({ include: { devices: true } });
  const nodes = nodesById(groups);
  expect(groups).toHaveLength(SAMPLE_GROUPS.length);
  for (const group of groups) {
    expect(placementRefusal(nodes, group, group.parentId)).toBeUndefined();
    for (const device of group.devices) expect(joinRefusal(group, device)).toBeUndefined();
  }
  expect(await db.device.count({ where: { groupId: null } })).toBe(0);
  const tags = await db.deviceTag.findMany({ include: { devices: true } });
  for (const { name, devices } of SAMPLE_TAGS)
    expect(
      tags
        .find((tag) => tag.name === name)
        ?.devices.map(({ deviceId }) => deviceId)
        .sort(),
    ).toEqual([...devices].sort());
});
