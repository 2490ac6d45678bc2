import { randomUUID } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { Aedes, type Client, type Subscription } from "aedes";
import type { CommandKind } from "@/server/domain/commands/schema";
import type { CommandMessage } from "@/server/mqtt/payloads";
import { topicOf } from "@/server/mqtt/topics";

interface ConnectPacket {
  clientId: string;
  username?: string;
  clean: boolean;
  keepalive: number;
}

interface Uplink {
  topic: string;
  qos: number;
  retain: boolean;
  clientId: string | undefined;
  message: Record<string, unknown>;
}

/** A broker for tests of the simulator: takes any device, remembers everything. */
export class TestBroker {
  readonly uplinks: Uplink[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly connects: { clientId: string; username: string | undefined; clean: boolean; keepaliveSeconds: number }[] = [];
  /** Highest QoS a subscription gets; `undefined` refuses it with SUBACK 128. */
  grantedQos: 0 | 1 | 2 | undefined = 2;
  private commandSeq = 0;

  private constructor(
    private readonly aedes: Aedes,
    private server: Server,
    readonly port: number,
  ) {
    aedes.preConnect = (_client, packet, done) => {
      const { clientId, username, clean, keepalive } = packet as ConnectPacket;
      this.connects.push({ clientId, username, clean, keepaliveSeconds: keepalive });
      done(null, true);
    };
    aedes.authorizePublish = (client, packet, done) => {
      const { topic, qos, retain } = packet;
      const message = JSON.parse(packet.payload.toString()) as Record<string, unknown>;
      this.uplinks.push({ topic, qos, retain, clientId: client?.id, message });
      done(null);
    };
    aedes.authorizeSubscribe = (_client, subscription, done) => {
      this.subscriptions.push({ ...subscription });
      if (this.grantedQos === undefined) return done(null, null);
      subscription.qos = Math.min(subscription.qos, this.grantedQos) as 0 | 1 | 2;
      done(null, subscription);
    };
  }

  static async start(): Promise<TestBroker> {
    const aedes = await Aedes.createBroker();
    const server = createServer((socket: Socket) => void aedes.handle(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TestBroker(aedes, server, (server.address() as AddressInfo).port);
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Messages of one channel of one device, in order of arrival. */
  messages(deviceId: string, channel: "status" | "data" | "response" | "firmware") {
    return this.uplinks.filter((uplink) => uplink.topic === topicOf(deviceId, channel)).map((uplink) => uplink.message);
  }

  heartbeats(deviceId: string) {
    return this.messages(deviceId, "status").filter((message) => message.online !== false);
  }

  /** Sends a new command with the next number. */
  async command(deviceId: string, command: CommandKind, params: Record<string, unknown> = {}, overrides: Partial<CommandMessage> = {}) {
    this.commandSeq += 1;
    const issuedAt = new Date();
    const expiresAt = new Date(issuedAt.getTime() + 300_000);
    const message = {
      id: randomUUID(),
      seq: this.commandSeq,
      command,
      issuedAt: issuedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      params,
      ...overrides,
    };
    await this.send(deviceId, "command", message);
    return message;
  }

  send(deviceId: string, channel: "command" | "config", message: unknown): Promise<void> {
    const payload = typeof message === "string" ? message : JSON.stringify(message);
    return new Promise((resolve, reject) => {
      const packet = { cmd: "publish", topic: topicOf(deviceId, channel), payload, qos: 2, retain: false, dup: false } as const;
      this.aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Breaks every connection and takes no new ones until {@link reopen}. */
  async goDown(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const client of Object.values((this.aedes as unknown as { clients: Record<string, Client> }).clients)) client.conn.destroy();
    await closed;
  }

  async reopen(): Promise<void> {
    this.server = createServer((socket: Socket) => void this.aedes.handle(socket));
    await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.aedes.close(() => resolve()));
    await new Promise((resolve) => this.server.close(resolve));
  }
}
