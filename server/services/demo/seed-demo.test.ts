import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileFormatOf, FORMAT_HEAD_BYTES } from "@/server/domain/firmware/file-format";
import { canRollOut, nextStates } from "@/server/domain/firmware/lifecycle";
import { compareVersions } from "@/server/domain/firmware/version-order";
import { joinRefusal, placementRefusal } from "@/server/domain/groups/policy";
import { nodesById } from "@/server/domain/groups/tree";
import { useTestDatabase } from "@/server/testing/database";
import { hasArtifact } from "@/server/services/firmware/artifact-store";
import { SAMPLE_FIRMWARE } from "./sample-firmware";
import { SAMPLE_GROUPS, SAMPLE_TAGS } from "./sample-groups";
import { seedDemo } from "./seed-demo";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-demo-"));
process.env.DATA_DIR = dataFolder;
const database = useTestDatabase();
beforeAll(() => seedDemo(database.db, new Date(), dataFolder));
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

test("the demo's groups and tags obey the rules that people's do", async () => {
  const { db } = database;
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

test("the demo's firmware obeys the rules that people's does", async () => {
  const versions = await database.db.firmwareVersion.findMany({ include: { artifact: true, history: { orderBy: { at: "asc" } } } });
  expect(versions).toHaveLength(SAMPLE_FIRMWARE.length);
  for (const { version, minPreviousVersion, state, sequence, artifact, history } of versions) {
    expect(history[0]).toMatchObject({ from: null, to: "draft" });
    expect(history.at(-1)?.to).toBe(state);
    for (const { from, to } of history.slice(1)) expect(nextStates(from!)).toContain(to);
    expect(sequence === null).toBe(state === "draft");
    if (minPreviousVersion) expect(compareVersions(minPreviousVersion, version)).toBe(-1);
    if (canRollOut(state)) expect(artifact).not.toBeNull();
    if (!artifact) continue;
    expect(await hasArtifact(artifact)).toBe(true);
    const content = await readFile(path.join(dataFolder, "firmware", `${artifact.sha256}.bin`));
    expect(fileFormatOf(content.subarray(0, FORMAT_HEAD_BYTES))).toEqual({ format: artifact.format });
  }
});
