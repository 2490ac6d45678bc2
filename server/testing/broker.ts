import { connect as connectSocket, type Socket } from "node:net";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { generate, type Packet } from "mqtt-packet";
import { afterEach, vi } from "vitest";
import type { Database } from "@/server/db/client";
import { startBroker, type BrokerOptions, type RunningBroker } from "@/server/mqtt/broker/start-broker";

export const SERVICE_ACCOUNT = { username: "smartdairy-service", password: "service-password-of-the-tests" };

interface Credentials {
  deviceId: string;
  password: string;
}

/** The embedded broker on free ports. */
export function startTestBroker(db: Database, options: Partial<BrokerOptions> = {}): Promise<RunningBroker> {
  return startBroker({ db, host: "127.0.0.1", port: 0, webSocketPort: 0, service: SERVICE_ACCOUNT, ...options });
}

const open = new Set<MqttClient | Socket>();

async function close(client: MqttClient | Socket): Promise<void> {
  if ("endAsync" in client) await client.endAsync(true);
  else client.destroy();
}

afterEach(async () => {
  await Promise.all([...open].map(close));
  open.clear();
});

/** A device's connection, ended after the test. @throws with the broker's return code as `code` when it is refused */
export async function connectDevice(
  broker: RunningBroker,
  { deviceId, password }: Credentials,
  options: IClientOptions & { url?: string } = {},
): Promise<MqttClient> {
  const { url = `mqtt://127.0.0.1:${broker.port}`, ...rest } = options;
  const client = await connectAsync(
    url,
    { clientId: deviceId, username: deviceId, password, protocolVersion: 4, reconnectPeriod: 0, ...rest },
    false,
  );
  client.on("error", () => undefined);
  open.add(client);
  return client;
}

/** Resolves with the milliseconds until the broker closes the connection. */
export async function closed(client: MqttClient): Promise<number> {
  const start = performance.now();
  if (client.connected) await new Promise<void>((resolve) => client.once("close", resolve));
  return performance.now() - start;
}

export function heartbeat(values: Record<string, unknown> = {}): string {
  return JSON.stringify({ bootId: "boot-1", seq: 1, ...values });
}

/** A bare TCP connection that speaks MQTT packet by packet. */
export class RawClient {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  isClosed = false;

  constructor(port: number) {
    this.socket = connectSocket(port, "127.0.0.1");
    open.add(this.socket);
    this.socket.on("data", (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    this.socket.on("error", () => undefined);
    this.socket.on("close", () => (this.isClosed = true));
  }

  send(packet: Packet | Buffer): void {
    this.socket.write(Buffer.isBuffer(packet) ? packet : generate(packet));
  }

  connect({ deviceId, password }: Credentials, extra: Record<string, unknown> = {}): void {
    this.send({
      cmd: "connect",
      clientId: deviceId,
      username: deviceId,
      password: Buffer.from(password),
      protocolId: "MQTT",
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      ...extra,
    });
  }

  /** CONNACK's return code, once it has arrived. */
  async returnCode(): Promise<number | undefined> {
    await vi.waitUntil(() => this.received.length >= 4 || this.isClosed, { timeout: 20_000, interval: 5 });
    return this.received[3];
  }

  async closed(): Promise<void> {
    await vi.waitUntil(() => this.isClosed, { timeout: 20_000, interval: 5 });
  }
}
