import type { MqttClient } from "mqtt";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { connectDevice, heartbeat, SERVICE_ACCOUNT, startTestBroker } from "@/server/testing/broker";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import type { RunningBroker } from "./broker/start-broker";
import { connectService } from "./connect-service";
import { commandPayload, type CommandMessage } from "./payloads";
import { CommandPublisher } from "./publisher";

const database = useTestDatabase();
let broker: RunningBroker;
let service: MqttClient;
let publisher: CommandPublisher;
let device: Awaited<ReturnType<typeof testDevice>>;

beforeAll(async () => {
  broker = await startTestBroker(database.db);
  service = connectService(`mqtt://127.0.0.1:${broker.port}`, { ...SERVICE_ACCOUNT, clientId: "smartdairy-worker-down", clean: true });
  publisher = new CommandPublisher(database.db, service, 2);
});

afterAll(async () => {
  await publisher.stop();
  await service.endAsync();
  await broker.stop();
});

beforeEach(async () => {
  device = await testDevice(database.db, { farmId: (await testFarm(database.db)).id, lifecycle: "active" });
});

async function issue(): Promise<string> {
  return (await identifyDevice({ ctx: contextOf(database.db, actorWith("admin")), input: { deviceId: device.deviceId, seconds: 5 } }))
    .commandId;
}

/** A device that has said hello and listens. */
async function online(): Promise<{ client: MqttClient; commands: CommandMessage[] }> {
  const client = await connectDevice(broker, device);
  const commands: CommandMessage[] = [];
  client.on("message", (_, payload) => commands.push(commandPayload.parse(JSON.parse(payload.toString()))));
  await client.subscribeAsync(`smartdairy/${device.deviceId}/command`, { qos: 2 });
  await client.publishAsync(`smartdairy/${device.deviceId}/status`, heartbeat(), { qos: 1 });
  return { client, commands };
}

const respond = (client: MqttClient, id: string, state: string) =>
  client.publishAsync(`smartdairy/${device.deviceId}/response`, JSON.stringify({ id, state }), { qos: 1 });
const commandOf = (id: string) => database.db.deviceCommand.findUniqueOrThrow({ where: { id } });
const eventually = (assertion: () => Promise<void> | void) => vi.waitFor(assertion, { timeout: 10_000, interval: 30 });

describe("commands", () => {
  test("reach the device as the protocol says and are settled by its answers", async () => {
    const { client, commands } = await online();
    const id = await issue();
    await eventually(() => expect(commands).toMatchObject([{ id, seq: 1, command: "identify", params: { seconds: 5 } }]));
    expect(await commandOf(id)).toMatchObject({ state: "sent" });
    await respond(client, id, "acknowledged");
    expect(await commandOf(id)).toMatchObject({ state: "acknowledged", finishedAt: null });
    await respond(client, id, "succeeded");
    expect(await commandOf(id)).toMatchObject({ state: "succeeded", attempts: 1 });
  });

  test("issued while the device is away wait for its first sign of life", async () => {
    const id = await issue();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await commandOf(id)).toMatchObject({ state: "queued", attempts: 0 });
    const { commands } = await online();
    await eventually(() => expect(commands).toMatchObject([{ id }]));
  });

  test("are sent again until the device answers, whatever the broker says", async () => {
    const { client, commands } = await online();
    const id = await issue();
    await eventually(() => expect(commands).toHaveLength(1));
    await database.db.deviceCommand.update({ where: { id }, data: { availableAt: new Date() } });
    await eventually(() => expect(commands.map((command) => command.id)).toEqual([id, id]));
    await respond(client, id, "succeeded");
    await database.db.deviceCommand.update({ where: { id }, data: { availableAt: new Date() } });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(commands).toHaveLength(2);
  });

  test("go out one by one, in the order of their numbers", async () => {
    const { client, commands } = await online();
    const ids = [await issue(), await issue(), await issue()];
    for (const [index, id] of ids.entries()) {
      await eventually(() => expect(commands).toHaveLength(index + 1));
      await respond(client, id, "succeeded");
    }
    expect(commands.map((command) => command.seq)).toEqual([1, 2, 3]);
  });

  test("survive a restart of the broker", async () => {
    await online();
    const { port } = broker;
    await broker.stop();
    const id = await issue();
    broker = await startTestBroker(database.db, { port });
    const { commands } = await online();
    await eventually(() => expect(commands).toMatchObject([{ id }]));
  });
});
