import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, createServer, get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream";
import { openDatabase } from "@/server/db/client";
import { downloadUrl } from "@/server/domain/firmware/download-url";
import { downloadSecret } from "@/server/services/firmware/download-secret";
import { benchDatabase } from "./database";
import { median, table } from "./measure";
import { freePort, setSecrets } from "./process";

// Firmware downloads from the real web process, against the same file from nginx, or from bare node:http where nginx is not installed.
const SIZE_BYTES = Number(process.env.MEGABYTES ?? 32) * 1e6;
const RUNS = Number(process.env.RUNS ?? 5);
const CLIENTS = [1, 8, 50];
/** Of Linux, as its tools report it. */
const TICKS_PER_SECOND = 100;

if (process.argv[2] === "plain") servePlain(process.argv[3] ?? "");
else await bench();

/** The same file without any of what makes ours one: no link, no range, no database. */
function servePlain(file: string): void {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": SIZE_BYTES });
    pipeline(createReadStream(file), response, () => undefined);
  });
  server.listen(Number(process.env.PORT), "127.0.0.1");
}

async function bench(): Promise<void> {
  setSecrets();
  const database = await benchDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-bench-"));
  process.env.DATABASE_URL = database.url;
  const children: ChildProcess[] = [];
  try {
    const content = randomBytes(SIZE_BYTES);
    const sha256 = createHash("sha256").update(content).digest("hex");
    const file = path.join(folder, "firmware", `${sha256}.bin`);
    await mkdir(path.dirname(file));
    await writeFile(file, content);
    await seed(database.url, sha256);

    const isBuilt = existsSync(path.join(process.env.NEXT_DIST_DIR ?? ".next", "BUILD_ID"));
    const [webPort, plainPort] = [await freePort(), await freePort()];
    const NODE_ENV = isBuilt ? "production" : "development";
    const web = start(["server/processes/web.ts"], { PORT: String(webPort), DATA_DIR: folder, NODE_ENV, LOG_LEVEL: "warn" });
    const hasNginx = spawnSync("nginx", ["-v"]).status === 0;
    const plain = hasNginx
      ? await startNginx(folder, plainPort)
      : start([import.meta.filename, "plain", file], { PORT: String(plainPort) });
    children.push(web, plain);
    const link = { publicUrl: `http://127.0.0.1:${webPort}`, sha256, deviceId: "MM001", expiresAt: new Date(Date.now() + 3_600_000) };
    const ours = downloadUrl(link, downloadSecret());
    const theirs = `http://127.0.0.1:${plainPort}/${sha256}.bin`;
    await Promise.all([untilUp(ours), untilUp(theirs)]);
    console.log(`${SIZE_BYTES / 1e6} MB on ${database.name}, beside ${hasNginx ? "nginx" : "node:http"}; median of ${RUNS} runs`);
    await compare({ url: ours, process: web }, { url: theirs, process: plain });
    await showMemory(web, ours);
  } finally {
    for (const child of children) child.kill();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One process, nothing logged, sendfile on: as fast as it serves files. */
async function startNginx(folder: string, port: number): Promise<ChildProcess> {
  const config = path.join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  await writeFile(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr; events {}
     http { sendfile on; access_log off; ${temporary} server { listen 127.0.0.1:${port}; root ${folder}/firmware; } }`,
  );
  return spawn("nginx", ["-p", folder, "-e", "stderr", "-c", config], { stdio: ["ignore", "ignore", "inherit"] });
}

async function seed(url: string, sha256: string): Promise<void> {
  const db = openDatabase({ url, poolSize: 1 });
  const farm = await db.farm.create({ data: { code: "BENCH", name: "Bench", timeZone: "Europe/Berlin" } });
  const device = { deviceId: "MM001", name: "Bench", type: "milk_meter", farmId: farm.id, lifecycle: "active" } as const;
  await db.device.create({ data: { ...device, state: { create: {} } } });
  await db.firmwareArtifact.create({ data: { sha256, sizeBytes: SIZE_BYTES, format: "unknown" } });
  await db.$disconnect();
}

function start(script: string[], environment: Record<string, string>): ChildProcess {
  const env = { ...process.env, HOST: "127.0.0.1", ...environment };
  return spawn(process.execPath, ["--import", "tsx", ...script], { env, stdio: ["ignore", "ignore", "inherit"] });
}

interface Served {
  url: string;
  process: ChildProcess;
}

async function compare(ours: Served, theirs: Served): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const clients of CLIENTS) {
    const results: Record<"ours" | "theirs", { speed: number; cpu: number }[]> = { ours: [], theirs: [] };
    for (let run = 0; run <= RUNS; run++) {
      for (const [which, served] of Object.entries({ ours, theirs }) as ["ours" | "theirs", Served][]) {
        const cpuBefore = await cpuSeconds(served.process);
        const speed = await speedOf(served.url, clients);
        const cpu = ((await cpuSeconds(served.process)) - cpuBefore) / ((clients * SIZE_BYTES) / 1e9);
        // The first is a warm-up.
        if (run > 0) results[which].push({ speed, cpu });
      }
    }
    const of = (which: "ours" | "theirs", what: "speed" | "cpu") => median(results[which].map((result) => result[what]));
    const [speed, bareSpeed, cpu, bareCpu] = [of("ours", "speed"), of("theirs", "speed"), of("ours", "cpu"), of("theirs", "cpu")];
    rows.push([
      `${clients} at once`,
      Math.round(speed),
      Math.round(bareSpeed),
      (speed / bareSpeed).toFixed(2),
      cpu.toFixed(2),
      bareCpu.toFixed(2),
    ]);
  }
  console.log(table(["downloads", "MB/s", "theirs MB/s", "ratio", "server CPU s/GB", "theirs CPU s/GB"], rows));
}

/** Megabytes a second over all clients together. */
async function speedOf(url: string, clients: number): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, () => bytesOf(url)));
  return (clients * SIZE_BYTES) / 1e3 / (performance.now() - began);
}

async function bytesOf(url: string): Promise<void> {
  const response = await open(url);
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  if (response.statusCode !== 200 || bytes !== SIZE_BYTES) throw new Error(`${response.statusCode} with ${bytes} bytes`);
}

function open(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, { agent: new Agent() }, resolve).on("error", reject));
}

/** What the web process holds while fifty devices fetch, and while fifty have stopped in the middle. */
async function showMemory(web: ChildProcess, url: string): Promise<void> {
  const before = await residentMegabytes(web);
  let peak = before;
  const sampling = setInterval(() => void residentMegabytes(web).then((now) => (peak = Math.max(peak, now))), 20);
  await speedOf(url, 50);
  clearInterval(sampling);
  const stopped = await Promise.all(Array.from({ length: 50 }, () => open(url)));
  for (const response of stopped) response.pause();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const held = await residentMegabytes(web);
  for (const response of stopped) response.destroy();
  console.log(
    `memory of the web process: ${before} MB before, ${peak} MB at most with 50 downloads, ${held} MB with 50 stopped in the middle`,
  );
}

async function residentMegabytes(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_000);
}

/** User and system time of a process so far; other work on the machine does not blur it. */
async function cpuSeconds(child: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, "utf8");
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}

/** The first answer of a development server takes as long as its compilation. */
async function untilUp(url: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    const isUp = await bytesOf(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("a server did not come up");
}
