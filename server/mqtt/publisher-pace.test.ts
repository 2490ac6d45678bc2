import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { generate, parser, type Packet } from "mqtt-packet";
import { expect, test, vi } from "vitest";
import { enqueueCommands } from "@/server/services/commands/enqueue-commands";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { connectService } from "./connect-service";
import { CommandPublisher } from "./publisher";

const database = useTestDatabase();
const DEVICES = 1_500;

/** A broker that answers nothing but CONNECT until it is told to. */
async function startSlowBroker() {
  let isAnswering = false;
  const held: (() => void)[] = [];
  const received = new Set<number>();
  const server = createServer((socket) => {
    const incoming = parser();
    const answer = (packet: Packet) => {
      const send = () => socket.write(generate(packet));
      if (isAnswering) send();
      else held.push(send);
    };
    incoming.on("packet", (packet) => {
      if (packet.cmd === "connect") socket.write(generate({ cmd: "connack", returnCode: 0, sessionPresent: false }));
      if (packet.cmd === "publish") received.add(packet.messageId ?? 0);
      if (packet.cmd === "publish") answer({ cmd: "pubrec", messageId: packet.messageId });
      if (packet.cmd === "pubrel") answer({ cmd: "pubcomp", messageId: packet.messageId });
    });
    socket.on("data", (chunk: Buffer) => incoming.parse(chunk));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received,
    answer() {
      isAnswering = true;
      for (const send of held.splice(0)) send();
    },
    stop: () => server.close(),
  };
}

async function commandsForMany(): Promise<void> {
  const { db } = database;
  const farm = await testFarm(db);
  await db.$executeRaw`
    INSERT INTO device (id, device_id, name, type, farm_id, lifecycle, updated_at)
    SELECT gen_random_uuid(), 'MM' || lpad(n::text, 5, '0'), 'Meter', 'milk_meter', ${farm.id}::uuid, 'active', now() FROM generate_series(1, ${DEVICES}::int) AS n`;
  await db.$executeRaw`INSERT INTO device_state (device_key, connected) SELECT id, true FROM device`;
  const deviceKeys = (await db.device.findMany({ select: { id: true } })).map(({ id }) => id);
  const command = { kind: "diagnostic" as const, params: {}, reason: null, forced: false, issuedById: null, now: new Date() };
  await db.$transaction((tx) => enqueueCommands(tx, { ...command, deviceKeys }));
}

test("no more commands are under way than a broker takes; the others follow as it answers", async () => {
  await commandsForMany();
  const broker = await startSlowBroker();
  const account = { username: "service", password: "service-password", clientId: "worker", clean: true };
  const service = connectService(`mqtt://127.0.0.1:${broker.port}`, account);
  const publisher = new CommandPublisher(database.db, service, 2);
  const sent = () => database.db.deviceCommand.count({ where: { state: "sent" } });
  await vi.waitFor(() => expect(broker.received.size).toBeGreaterThanOrEqual(900), { timeout: 15_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect([broker.received.size, await sent()]).toEqual([900, 900]);
  broker.answer();
  await vi.waitFor(async () => expect([broker.received.size, await sent()]).toEqual([DEVICES, DEVICES]), { timeout: 15_000 });
  await publisher.stop();
  await service.endAsync(true);
  broker.stop();
});
