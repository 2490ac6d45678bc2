import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { generate, parser as newParser } from "mqtt-packet";
import { afterEach, expect, test, vi } from "vitest";
import { connectService } from "./connect-service";
import { watchSys } from "./watch-sys";

type Answer = (socket: Socket, messageId: number, topics: string[]) => void;

let server: Server | undefined;
let connections = 0;

afterEach(() => {
  server?.close();
  connections = 0;
});

/** A broker that lets everybody in and answers a subscription as a test has it. */
async function brokerThat(answer: Answer) {
  server = createServer((socket) => {
    connections++;
    socket.on("error", () => undefined);
    const parser = newParser({ protocolVersion: 4 });
    parser.on("packet", (packet) => {
      if (packet.cmd === "connect") socket.write(generate({ cmd: "connack", returnCode: 0, sessionPresent: false }));
      if (packet.cmd === "subscribe")
        answer(
          socket,
          packet.messageId ?? 0,
          packet.subscriptions.map(({ topic }) => topic),
        );
    });
    socket.on("data", (data) => parser.parse(data));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = connectService(url, { username: "service", password: "unused", clientId: "sys", clean: true });
  return { client, sys: watchSys(client) };
}

test("a broker that refuses $SYS is not asked again, and nothing is made up", async () => {
  const { client, sys } = await brokerThat((socket, messageId, topics) => {
    socket.write(generate({ cmd: "suback", messageId, granted: topics.map(() => 128) }));
  });
  await vi.waitFor(() => expect(client.disconnecting || client.disconnected).toBe(true));
  expect([sys.facts(), connections]).toEqual([null, 1]);
  await sys.stop();
});

test("one that closes the connection for it is asked three times", async () => {
  const { client, sys } = await brokerThat((socket) => socket.destroy());
  await vi.waitFor(() => expect(connections).toBe(3), { timeout: 15_000 });
  await vi.waitFor(() => expect(client.disconnecting || client.disconnected).toBe(true), { timeout: 5_000 });
  expect([sys.facts(), connections]).toEqual([null, 3]);
});

test("one that grants some says what it says, and the rest stays unknown", async () => {
  const { sys } = await brokerThat((socket, messageId, topics) => {
    socket.write(generate({ cmd: "suback", messageId, granted: topics.map((topic) => (topic.endsWith("connected") ? 0 : 128)) }));
    socket.write(generate({ cmd: "publish", topic: "$SYS/broker/clients/connected", payload: "17", qos: 0, dup: false, retain: true }));
  });
  await vi.waitFor(() => expect(sys.facts()).toEqual({ version: null, clients: 17, receivedPerMinute: null }));
  await sys.stop();
});
