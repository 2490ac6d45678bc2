import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const SOURCES = ["app", "components", "server", "public", "package-lock.json", "next.config.mjs", "postcss.config.mjs", "tsconfig.json"];
const STAMP = ".next/source-hash";

/** Builds the web server when there is no build of exactly this source. @returns whether it built */
export async function buildIfStale(report: (line: string) => void): Promise<boolean> {
  const hash = await hashSources();
  const built = await readFile(STAMP, "utf8").catch(() => "");
  if (built === hash) return false;
  report("Building the web console (about a minute, once) …");
  await runBuild(report);
  await writeFile(STAMP, hash);
  return true;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await filesBelow(source)) {
      hash
        .update(file)
        .update("\0")
        .update(await readFile(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

async function filesBelow(source: string): Promise<string[]> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [source];
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("generated") && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function runBuild(report: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      for (const line of chunk.toString().split("\n")) {
        const step =
          /(Compiled successfully.*|Running TypeScript|Collecting page data|Generating static pages|Finalizing page optimization)/.exec(
            line,
          )?.[1];
        if (step) report(`  ${step.trim()}`);
      }
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`The build failed:\n${output}`))));
  });
}
