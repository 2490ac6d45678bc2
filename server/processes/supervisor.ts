import { chmod, mkdir, rm, writeFile, access } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "@/server/db/client";
import { chooseSocketFolder, socketUrl } from "@/server/db/embedded/serve";
import { migrate } from "@/server/db/migrate";
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from "@/server/services/demo/sample-herd";
import { seedDemo } from "@/server/services/demo/seed-demo";
import { needsSetup } from "@/server/services/people/set-up-first-admin";
import { banner } from "./banner";
import { buildIfStale } from "./build";
import { SupervisedChild } from "./child";
import { lockDataFolder } from "./data-lock";
import { freePort } from "./ports";
import { loadOrCreateSecrets } from "./secrets";

// `npm start`, `npm run dev`, `npm run demo`: the whole product on one machine, from one command.
const { values: flags } = parseArgs({ options: { dev: { type: "boolean", default: false }, demo: { type: "boolean", default: false } } });
const report = (line: string) => console.log(line.startsWith(" ") ? line : `• ${line}`);
const children: SupervisedChild[] = [];
let stopping = false;

const dataFolder = path.resolve(process.env.DATA_DIR ?? (flags.demo ? ".data-demo" : ".data"));
const host = process.env.HOST ?? "127.0.0.1";
const mqttHost = process.env.MQTT_HOST ?? "127.0.0.1";

process.on("SIGINT", () => void stopAll("Stopping …"));
process.on("SIGTERM", () => void stopAll("Stopping …"));
process.on("SIGHUP", () => void stopAll("Stopping …"));
stopWithNpm();

await mkdir(dataFolder, { recursive: true, mode: 0o700 });
await chmod(dataFolder, 0o700);
const lock = await lockDataFolder(dataFolder).catch(fail);

try {
  await startAll();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stopAll("Smart Dairy could not start.", 1);
}

async function startAll(): Promise<void> {
  const environment = await prepareEnvironment();
  const build = flags.dev ? Promise.resolve(false) : buildIfStale(report);
  build.catch(() => undefined);

  if (!process.env.DATABASE_URL) await startChild("database", environment);
  report("Database is up, applying migrations");
  const url = environment.DATABASE_URL ?? "";
  for (const name of await migrate(url, "prisma/migrations")) report(`  applied ${name}`);
  const signIn = await prepareSignIn(url, environment);

  if (environment.EMBEDDED_BROKER) await startChild("broker", environment);
  await build;
  await startChild("web", environment);
  await startChild("worker", environment);
  if (flags.demo) await startHerd(environment);
  const { PORT, PUBLIC_MQTT_PORT, PUBLIC_MQTT_WS_PORT } = environment;
  console.log(
    banner({
      webUrl: environment.PUBLIC_URL ?? `http://localhost:${PORT}`,
      mqttUrl: environment.EMBEDDED_BROKER ? `mqtt://${environment.PUBLIC_MQTT_HOST}:${PUBLIC_MQTT_PORT}` : undefined,
      webSocketUrl: environment.EMBEDDED_BROKER ? `ws://${environment.PUBLIC_MQTT_HOST}:${PUBLIC_MQTT_WS_PORT}` : undefined,
      dataFolder,
      embeddedDatabase: !process.env.DATABASE_URL,
      signIn,
    }),
  );
}

/** What every child gets: what the operator set, and the embedded defaults for the rest. */
async function prepareEnvironment(): Promise<NodeJS.ProcessEnv> {
  // An empty variable means "not set", as everywhere.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== "")) as NodeJS.ProcessEnv;
  const secrets = await loadOrCreateSecrets(dataFolder);
  const webPort = await freePort(Number(given.PORT ?? 3000), host);
  const mqttPort = await freePort(Number(given.MQTT_PORT ?? 1883), mqttHost, new Set([webPort]));
  const webSocketPort = await freePort(Number(given.MQTT_WS_PORT ?? 9001), mqttHost, new Set([webPort, mqttPort]));
  const socketFolder = given.DATABASE_URL ? "" : await chooseSocketFolder(dataFolder);
  return {
    LOG_FORMAT: "pretty",
    LOG_LEVEL: "info",
    NEXT_TELEMETRY_DISABLED: "1",
    ...secrets,
    PUBLIC_URL: `http://localhost:${webPort}`,
    PUBLIC_MQTT_HOST: "localhost",
    ...given,
    NODE_ENV: flags.dev ? "development" : "production",
    EMBEDDED: "true",
    DATA_DIR: dataFolder,
    HOST: host,
    PORT: String(webPort),
    INTERNAL_URL: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${webPort}`,
    DATABASE_URL: given.DATABASE_URL ?? socketUrl(socketFolder),
    DATABASE_SOCKET_FOLDER: socketFolder,
    ...(given.MQTT_URL
      ? {}
      : {
          EMBEDDED_BROKER: "true",
          MQTT_HOST: mqttHost,
          MQTT_URL: `mqtt://${mqttHost === "0.0.0.0" ? "127.0.0.1" : mqttHost}:${mqttPort}`,
          PUBLIC_MQTT_PORT: String(mqttPort),
          PUBLIC_MQTT_WS_PORT: String(webSocketPort),
        }),
  };
}

/** Seeds the demo, or says how the first admin gets in. */
async function prepareSignIn(url: string, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const db = openDatabase({ url, poolSize: 1 });
  try {
    if (flags.demo) {
      const herd = await seedDemo(db, new Date(), dataFolder);
      if (herd) await writeFile(herdFile(), JSON.stringify(herd, null, 2), { mode: 0o600 });
      return SAMPLE_PEOPLE.map(({ email, name }) => `${email}  /  ${SAMPLE_PASSWORD}   (${name})`);
    }
    if (await needsSetup(db)) return [`${environment.PUBLIC_URL}/setup`, `Setup code ${environment.SETUP_CODE} (works once)`];
    return ["with your e-mail and password"];
  } finally {
    await db.$disconnect();
  }
}

function herdFile(): string {
  return path.join(dataFolder, "herd.json");
}

async function startHerd(environment: NodeJS.ProcessEnv): Promise<void> {
  await access(herdFile());
  await startChild("herd", environment, "simulator/main.ts", [
    "--credentials",
    herdFile(),
    "--url",
    environment.MQTT_URL ?? "",
    "--interval",
    "15",
    "--speed-up",
    "60",
    "--state",
    path.join(dataFolder, "herd-state.json"),
  ]);
}

async function startChild(
  name: string,
  environment: NodeJS.ProcessEnv,
  entry = `server/processes/${name}.ts`,
  args: string[] = [],
): Promise<void> {
  if (stopping) return;
  const child = new SupervisedChild({ name, entry, args, environment, onEvent: report });
  children.push(child);
  await child.start();
}

/** Everything in reverse order: who depends on something stops before it. */
async function stopAll(line: string, exitCode = 0): Promise<void> {
  if (stopping) return;
  stopping = true;
  report(line);
  for (const child of [...children].reverse()) await child.stop();
  if (!process.env.DATABASE_URL) await rm(path.join(dataFolder, "socket"), { recursive: true, force: true });
  await lock.release();
  process.exit(exitCode);
}

/** npm does not pass every signal on to what it runs; when it is gone, nobody is left who could stop us. */
function stopWithNpm(): void {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) void stopAll("npm is gone, stopping …");
  }, 1_000).unref();
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
