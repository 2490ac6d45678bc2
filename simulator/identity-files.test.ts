import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCredentials, readTokens, saveCredentials } from "./identity-files";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulator-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string) {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, content);
  return path;
}

describe("identity files", () => {
  test("what was saved can be read, and by its owner alone", async () => {
    const path = join(folder, "saved.json");
    const identities = [{ deviceId: "MM001", type: "milk_meter" as const, password: "p", url: "mqtt://b:1883" }];
    await saveCredentials(path, identities);
    expect(await readCredentials(path)).toEqual(identities);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test("reads tokens", async () => {
    expect(await readTokens(await file('["a","b"]'))).toEqual(["a", "b"]);
  });

  test.each([
    ["not json", /cannot be read as JSON/],
    ["[]", /list/],
    ['[{"deviceId":"mm1","type":"milk_meter","password":"p"}]', /entry 0\.deviceId/],
    ['[{"deviceId":"MM001","type":"toaster","password":"p"}]', /entry 0\.type/],
    ['[{"deviceId":"MM001","type":"milk_meter"}]', /entry 0\.password/],
    [
      '[{"deviceId":"MM001","type":"milk_meter","password":"p"},{"deviceId":"MM001","type":"milk_meter","password":"p"}]',
      /MM001 is listed twice/,
    ],
  ])("refuses %s", async (content, reason) => {
    await expect(readCredentials(await file(content))).rejects.toThrow(reason);
  });

  test("refuses a file that is not there", async () => {
    await expect(readTokens(join(folder, "absent.json"))).rejects.toThrow(/absent\.json cannot be read/);
  });
});
