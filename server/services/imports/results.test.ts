import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { listLabels } from "@/server/services/labels/list-labels";
import { authenticateDevices } from "@/server/services/provisioning/authenticate-devices";
import { contextOf, requestKey, testDevice } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { HEADER, importer, meters, useImportDesk } from "@/server/testing/imports";
import { commitImport } from "./commit-import";
import { exportImportRows } from "./export-rows";
import { takeCredentials } from "./take-credentials";
import { workOnImports } from "./work-on-imports";

const database = useTestDatabase();
const { farm, desk, settings } = useImportDesk(database, "farm_manager");

async function read(lines: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for await (const line of lines) text += line;
  return text;
}

test("labels are printed of what an import registered, by whoever imported", async () => {
  await testDevice(database.db, { farmId: farm.id, deviceId: "AA001" });
  const content = `${HEADER}AA001,known,milk_meter\n${meters(3)}`;
  const { id, previewHash } = await desk.preview(content, { ...settings, mode: "create_update" });
  await commitImport({ ctx: desk.ctx, input: { id, previewHash } });
  while ((await workOnImports(database.db)) > 0);
  const input = { source: { kind: "import", importId: id } };
  const { labels } = await listLabels({ ctx: desk.ctx, input });
  expect(labels.map(({ deviceId }) => deviceId)).toEqual(["MM00001", "MM00002", "MM00003"]);
  const stranger = contextOf(database.db, await importer(database.db, "farm_manager", farm.id));
  await expect(listLabels({ ctx: stranger, input })).rejects.toMatchObject({ code: "not_found" });
});

describe("passwords of new devices", () => {
  const take = (id: string, key: string, now = new Date()) =>
    takeCredentials({ ctx: contextOf(database.db, desk.actor, now), input: { id, requestKey: key } });

  test("are downloaded once, and work", async () => {
    const { id, previewHash } = await desk.preview(HEADER + meters(120), { ...settings, issueCredentials: true });
    await commitImport({ ctx: desk.ctx, input: { id, previewHash } });
    while ((await workOnImports(database.db, { rows: 50 })) > 0);
    const view = await desk.get(id);
    expect(view).toMatchObject({ state: "done", credentials: "waiting" });
    const key = requestKey();
    const text = await read(await take(view.id, key));
    const { data } = Papa.parse<Record<string, string>>(text.replace("\ufeff", ""), { header: true, skipEmptyLines: true });
    expect(data).toHaveLength(120);
    expect(data[0]).toMatchObject({ device_id: "MM00001", name: "Stall 1", farm_code: farm.code, mqtt_username: "MM00001" });
    const chosen = data[105];
    const attempt = { deviceId: chosen?.device_id ?? "", secret: Buffer.from(chosen?.mqtt_password ?? "") };
    expect(await authenticateDevices(database.db, [attempt])).toMatchObject([{ allowed: true }]);
    expect(await read(await take(view.id, key))).toBe(text);
    await expect(take(view.id, requestKey())).rejects.toMatchObject({ code: "conflict" });
    await expect(take(view.id, key, new Date(Date.now() + 11 * 60_000))).rejects.toMatchObject({ code: "conflict" });
    expect((await desk.get(view.id)).credentials).toBe("taken");
    const stored = await database.db.importSecret.findFirstOrThrow();
    expect(Buffer.from(stored.sealed).includes(chosen?.mqtt_password ?? "?")).toBe(false);
  });

  test("are not there when nobody asked, for others, or after three days", async () => {
    const silent = await desk.run(HEADER + meters(1), settings);
    await expect(take(silent.id, requestKey())).rejects.toMatchObject({ message: expect.stringMatching(/issued no passwords/) as string });
    const view = await desk.run(HEADER + meters(1, 10), { ...settings, issueCredentials: true });
    const admin = await importer(database.db, "admin");
    await expect(
      takeCredentials({ ctx: contextOf(database.db, admin), input: { id: view.id, requestKey: requestKey() } }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(take(view.id, requestKey(), new Date(Date.now() + 73 * 3_600_000))).rejects.toMatchObject({
      message: expect.stringMatching(/72 hours/) as string,
    });
  });
});

describe("the result file", () => {
  test("has each row's outcome, and disarms formulas", async () => {
    await testDevice(database.db, { farmId: farm.id, deviceId: "MM001", name: "Old" });
    const view = await desk.run(`${HEADER}MM001,"=cmd|' /C calc'!A0",milk_meter\nMM002,@x,milk_meter\nMM003,c,tractor\n`, {
      ...settings,
      mode: "create_update",
      onError: "skip",
    });
    const { fileName, lines } = await exportImportRows({ ctx: desk.ctx, input: { id: view.id } });
    expect(fileName).toBe("devices_result.csv");
    const text = await read(lines);
    expect(text).toContain("'=cmd|");
    expect(text).toContain("MM001,\"'=cmd|' /C calc'!A0\",milk_meter,,,,,1,Updated,Name: Old → =cmd|' /C calc'!A0");
    expect(text).toContain('MM002,"\'@x",milk_meter,,,,,2,Created,');
    expect(text).toContain("3,Error,Device type: There is no device type “tractor”.");
  });

  test("wrong rows come back as a file that can be imported once they are mended", async () => {
    const { id } = await desk.preview(`${HEADER}MM001,a,milk_meter\nMM002,-b,tractor\n`, settings);
    const text = await read((await exportImportRows({ ctx: desk.ctx, input: { id, only: "errors" } })).lines);
    const again = await desk.run(text.replace("tractor", "gate"), settings);
    expect(again.result).toMatchObject({ created: 1, errors: 0 });
    expect(await database.db.device.findUniqueOrThrow({ where: { deviceId: "MM002" } })).toMatchObject({ name: "-b", type: "gate" });
  });
});
