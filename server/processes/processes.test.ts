import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockDataFolder } from "./data-lock";
import { freePort } from "./ports";
import { loadOrCreateSecrets } from "./secrets";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-test-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a free port", () => {
  test("is the first one that nobody listens on and that is not promised", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const next = await freePort(port, "127.0.0.1");
    expect(next).toBeGreaterThan(port);
    expect(await freePort(next, "127.0.0.1")).toBe(next);
    expect(await freePort(next, "127.0.0.1", new Set([next]))).toBeGreaterThan(next);
    await new Promise((resolve) => server.close(resolve));
    expect(await freePort(port, "127.0.0.1")).toBe(port);
  });

  test("none is left", async () => {
    await expect(freePort(65_535, "127.0.0.1", new Set([65_535]))).rejects.toThrow("No free port");
  });
});

describe("the lock on a data folder", () => {
  async function pidOfTheDead(): Promise<number> {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    return child.pid!;
  }

  test("refuses a second process, naming the first, as long as that one lives", async () => {
    const holder = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
    await writeFile(path.join(folder, "lock"), String(holder.pid));
    await expect(lockDataFolder(folder)).rejects.toThrow(new RegExp(`already running on .* \\(process ${holder.pid}\\)`));
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const lock = await lockDataFolder(folder);
    expect(await readFile(path.join(folder, "lock"), "utf8")).toBe(String(process.pid));
    await lock.release();
  });

  test.each([
    ["of a dead process", () => pidOfTheDead().then(String)],
    ["that was never finished", () => Promise.resolve("")],
    ["full of nonsense", () => Promise.resolve("nonsense")],
  ])("takes over a lock %s", async (_, content) => {
    await writeFile(path.join(folder, "lock"), await content());
    const lock = await lockDataFolder(folder);
    expect(await readFile(path.join(folder, "lock"), "utf8")).toBe(String(process.pid));
    await lock.release();
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  test("of four starters that find the same dead lock, one wins", async () => {
    const source = `import { lockDataFolder } from ${JSON.stringify(path.resolve("server/processes/data-lock.ts"))};
      await lockDataFolder(${JSON.stringify(folder)}).then(() => { console.log("won"); setInterval(() => 0, 1000); }, () => console.log("lost"));`;
    await writeFile(path.join(folder, "lock"), String(await pidOfTheDead()));
    const starters = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    const words = await Promise.all(starters.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()));
    expect(words.sort()).toEqual([...Array<string>(3).fill("lost"), "won"]);
    for (const starter of starters) starter.kill("SIGKILL");
  });
});

describe("an installation's secrets", () => {
  test("are made once, are long, and are readable by their owner only", async () => {
    const first = await loadOrCreateSecrets(folder);
    expect(await loadOrCreateSecrets(folder)).toEqual(first);
    for (const name of ["SESSION_SECRET", "CRON_SECRET", "MQTT_PASSWORD"] as const) expect(first[name]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(first.SETUP_CODE).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(new Set(Object.values(first)).size).toBe(4);
    expect((await stat(path.join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
  });

  test("a file that cannot be read stops the start instead of being replaced", async () => {
    const file = path.join(folder, "secrets.json");
    await writeFile(file, "{ damaged");
    await expect(loadOrCreateSecrets(folder)).rejects.toThrow(`${file} cannot be read`);
    expect(await readFile(file, "utf8")).toBe("{ damaged");
  });
});
