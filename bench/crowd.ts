import { connect, type Socket } from "node:net";
import { generate, parser, type Packet } from "mqtt-packet";

// A process of many devices that take commands at QoS 2 and do nothing else: `crowd.ts <port> <secret> <ID>…` with the IDs
// on the parent's channel. Tells the parent "ready" when all listen, and the number of commands that have fully arrived.
const [port, secret] = [Number(process.argv[2]), process.argv[3] ?? ""];
const AT_ONCE = 200;
let arrived = 0;

process.on("message", (deviceIds: string[]) => {
  if (!Array.isArray(deviceIds)) process.exit(0);
  void listenAll(deviceIds).then(() => process.send?.("ready"));
});
process.on("disconnect", () => process.exit(0));
setInterval(() => {
  if (arrived > 0) process.send?.(arrived);
  arrived = 0;
}, 5);

async function listenAll(deviceIds: readonly string[]): Promise<void> {
  for (let from = 0; from < deviceIds.length; from += AT_ONCE) await Promise.all(deviceIds.slice(from, from + AT_ONCE).map(listen));
}

function listen(deviceId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const incoming = parser();
    incoming.on("packet", (packet) => answer(socket, deviceId, packet, resolve));
    socket.on("data", (chunk: Buffer) => incoming.parse(chunk));
    socket.on("error", reject);
    const login = { clientId: deviceId, username: deviceId, password: Buffer.from(secret) };
    socket.write(generate({ cmd: "connect", ...login, protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 0 }));
  });
}

function answer(socket: Socket, deviceId: string, packet: Packet, onListening: () => void): void {
  if (packet.cmd === "connack") {
    if (packet.returnCode !== 0) throw new Error(`${deviceId} was refused: ${packet.returnCode}`);
    socket.write(generate({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: `smartdairy/${deviceId}/command`, qos: 2 }] }));
  } else if (packet.cmd === "suback") {
    onListening();
  } else if (packet.cmd === "publish") {
    socket.write(generate({ cmd: "pubrec", messageId: packet.messageId }));
  } else if (packet.cmd === "pubrel") {
    socket.write(generate({ cmd: "pubcomp", messageId: packet.messageId }));
    arrived++;
  }
}
