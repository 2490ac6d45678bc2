import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApiKey } from "../api-keys";
import { testDevice, testFarm } from "../builders";
import { useTestDatabase } from "../database";
import { serveRoutes } from "../serve-routes";

const database = useTestDatabase();
// Where Node finds our packages.
const FOLDER = path.resolve("node_modules/.cache/smart-dairy-examples");
let server: Awaited<ReturnType<typeof serveRoutes>>;
let deviceId: string;
let key: string;

beforeAll(async () => {
  const { db } = database;
  server = await serveRoutes();
  ({ deviceId } = await testDevice(db, {
    farmId: (await testFarm(db, { code: "NORD" })).id,
    lifecycle: "active",
    state: { needsAttention: true },
  }));
  ({ secret: key } = await testApiKey(db, { scopes: ["farm.read", "device.read", "device.provision", "device.edit"] }));
  await mkdir(FOLDER, { recursive: true });
});
afterAll(async () => {
  await server.stop();
  await rm(FOLDER, { recursive: true, force: true });
});

/** An example as it stands in the guide. */
async function example(name: string): Promise<string> {
  const guide = await readFile("docs/integrators.md", "utf8");
  const code = new RegExp(`<!-- example: ${name} -->\\s+\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (!code) throw new Error(`docs/integrators.md has no example ${name}`);
  return code;
}

async function run(name: string, file: string, command: string[]): Promise<{ code: number | null; output: string }> {
  const script = path.join(FOLDER, file);
  await writeFile(script, await example(name));
  const [program = "", ...args] = command;
  const child = spawn(program, [...args, script], {
    cwd: FOLDER,
    env: { ...process.env, SMART_DAIRY_URL: server.url, SMART_DAIRY_KEY: key },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  return { code, output };
}

test.each([
  ["curl", "example.sh", ["sh", "-eu"], "Made with curl"],
  ["python", "example.py", ["python3"], "Made with Python"],
] as const)("the example for %s runs, twice, and makes one tag", async (name, file, command, tag) => {
  for (let time = 0; time < 2; time++) {
    const { code, output } = await run(name, file, [...command]);
    expect([code, output]).toEqual([0, expect.stringContaining(deviceId)]);
  }
  expect(await database.db.deviceTag.count({ where: { name: tag } })).toBe(1);
});

test("the example for an import runs, twice, and registers two devices once", async () => {
  for (let time = 0; time < 2; time++) expect(await run("import", "import.sh", ["sh", "-eu"])).toMatchObject({ code: 0 });
  await expect.poll(() => database.db.device.count({ where: { name: { endsWith: "by file" } } }), { timeout: 30_000 }).toBe(2);
});

test("the example for tRPC runs, with dates as dates", async () => {
  const { code, output } = await run("trpc", "example.mts", [process.execPath, "--import", "tsx"]);
  expect([code, output]).toEqual([0, expect.stringContaining(`${deviceId} never seen\n1 farms`)]);
});

test("a key that ended makes them fail with a reason", async () => {
  const former = key;
  key = `${key.slice(0, -1)}${key.endsWith("A") ? "E" : "A"}`;
  const { code, output } = await run("python", "example.py", ["python3"]);
  expect([code, output]).toEqual([1, expect.stringContaining("unauthenticated: This API key opens nothing")]);
  key = former;
});

test("the example for tRPC is the one that is type-checked", async () => {
  expect(await example("trpc")).toBe(await readFile("docs/examples/trpc.ts", "utf8"));
});
