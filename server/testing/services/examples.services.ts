import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startBroker, type RunningBroker } from "@/server/mqtt/broker/start-broker";
import { CommandPublisher } from "@/server/mqtt/publisher";
import { connectService } from "@/server/mqtt/connect-service";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { provisionDevice } from "@/server/services/devices/provision-device";
import { actorWith, contextOf, testFarm, wizardInput } from "../builders";
import { useTestDatabase } from "../database";

// Debian's paho belongs to the system's Python, whatever else is first on the path.
const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";
const SERVICE = { username: "smartdairy-service", password: "the password of the service account" };

const database = useTestDatabase();
let broker: RunningBroker;
let stateFolder: string;

beforeAll(async () => {
  stateFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-example-"));
  broker = await startBroker({ db: database.db, host: "127.0.0.1", port: 0, webSocketPort: 0, service: SERVICE });
});
afterAll(async () => {
  await broker.stop();
  await rm(stateFolder, { recursive: true, force: true });
});

async function registerDevice(deviceId: string) {
  const farm = await testFarm(database.db);
  const ctx = contextOf(database.db, actorWith("admin"));
  const credentials = await provisionDevice({ ctx, input: wizardInput(farm.id, { deviceId }) });
  return { ctx, ...credentials };
}

function runExample(command: string[], device: { deviceId: string; mqtt: { password: string } }, environment: Record<string, string> = {}) {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    env: {
      ...process.env,
      SMARTDAIRY_HOST: "127.0.0.1",
      SMARTDAIRY_PORT: String(broker.port),
      SMARTDAIRY_DEVICE_ID: device.deviceId,
      SMARTDAIRY_PASSWORD: device.mqtt.password,
      SMARTDAIRY_STATE: path.join(stateFolder, `${device.deviceId}.json`),
      SMARTDAIRY_INTERVAL: "0.5",
      ...environment,
    },
    stdio: "pipe",
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, exit: once(child, "exit").then(([code]) => ({ code: code as number | null, output })) };
}

async function stateOf(deviceId: string) {
  const device = await database.db.device.findUniqueOrThrow({ where: { deviceId }, include: { state: true } });
  return { lifecycle: device.lifecycle, ...device.state };
}

describe("the examples of the protocol documentation, run as printed against the embedded broker", () => {
  test("heartbeat.sh: a shell and mosquitto_pub make a device active, and its goodbye marks it offline", async () => {
    const device = await registerDevice("TS001");
    const { exit } = runExample(["docs/examples/heartbeat.sh"], device, { SMARTDAIRY_COUNT: "2", SMARTDAIRY_INTERVAL: "1" });
    expect(await exit).toEqual({ code: 0, output: "" });
    const state = await stateOf(device.deviceId);
    expect(state).toMatchObject({ lifecycle: "active", connected: false, invalidMessageCount: 0n });
    expect(state.messageCount).toBeGreaterThanOrEqual(2n);
  });

  test("device.py: a whole device in Python answers a command that travels through the outbox", async () => {
    const device = await registerDevice("TS002");
    const { child, exit } = runExample([PYTHON, "docs/examples/device.py"], device);
    await vi.waitFor(async () => expect(await stateOf(device.deviceId)).toMatchObject({ lifecycle: "active", connected: true }), {
      timeout: 20_000,
    });

    const client = connectService(`mqtt://127.0.0.1:${broker.port}`, { ...SERVICE, clientId: "publisher", clean: true });
    const publisher = new CommandPublisher(database.db, client, 2);
    const { commandId } = await identifyDevice({ ctx: device.ctx, input: { deviceId: device.deviceId, seconds: 5 } });
    await vi.waitFor(
      async () => expect((await database.db.deviceCommand.findUniqueOrThrow({ where: { id: commandId } })).state).toBe("succeeded"),
      {
        timeout: 20_000,
      },
    );
    await publisher.stop();
    await client.endAsync();

    child.kill("SIGTERM");
    expect((await exit).code).toBe(0);
    await vi.waitFor(async () => expect(await stateOf(device.deviceId)).toMatchObject({ connected: false, invalidMessageCount: 0n }));
  });
});
