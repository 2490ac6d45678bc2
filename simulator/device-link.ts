import { setTimeout as sleep } from "node:timers/promises";
import mqtt, { type MqttClient } from "mqtt";
import { topicOf, type ChannelName, type UplinkChannel } from "@/server/mqtt/topics";
import { reconnectDelayMs, type BackOff } from "./back-off";
import type { ConnectGate } from "./connect-gate";
import type { Random } from "./random";

const KEEPALIVE_SECONDS = 60;
const CONNECT_TIMEOUT_MS = 30_000;
const ACKNOWLEDGE_TIMEOUT_MS = 60_000;
const GOODBYE_TIMEOUT_MS = 3000;
const DOWNLINKS = ["command", "config"] as const satisfies readonly ChannelName[];

interface LinkOptions {
  deviceId: string;
  password: string;
  url: string;
  certificateAuthority?: string | undefined;
  /** Names the boot in the will. */
  bootId: string;
  random: Random;
  gate: ConnectGate;
  backOff: BackOff;
  /** Connected and subscribed. */
  onReady: () => void;
  onLost: () => void;
  onDownlink: (channel: (typeof DOWNLINKS)[number], payload: Uint8Array) => void;
  onTrouble: (message: string) => void;
}

/** The MQTT connection of one boot of one device: kept up with back-off and full jitter until it is closed. */
export class DeviceLink {
  private client: MqttClient | undefined;
  private readonly closing = new AbortController();
  private silentUntilMs = 0;
  private isReady = false;

  constructor(private readonly options: LinkOptions) {}

  get ready(): boolean {
    return this.isReady;
  }

  /** Connects and keeps connecting; returns at once. */
  open(): void {
    void this.keepUp();
  }

  /**
   * Publishes at QoS 1.
   * @returns true once the broker has acknowledged; false when the message is lost and has to be sent again
   */
  publish(channel: UplinkChannel, payload: string): Promise<boolean> {
    const client = this.client;
    if (!client?.connected) return Promise.resolve(false);
    return new Promise((resolve) => {
      // MQTT 3.1.1 does not repeat a message on a living connection: without a PUBACK only a new connection helps.
      const timer = setTimeout(() => {
        client.stream.destroy();
        resolve(false);
      }, ACKNOWLEDGE_TIMEOUT_MS);
      client.publish(topicOf(this.options.deviceId, channel), payload, { qos: 1 }, (error) => {
        clearTimeout(timer);
        resolve(!error);
      });
    });
  }

  /** The radio goes away without a word, and comes back after a while. */
  interrupt(durationMs: number): void {
    this.silentUntilMs = Date.now() + durationMs;
    this.client?.stream.destroy();
  }

  /** The power goes away: no goodbye, no reconnect. The broker publishes the will. */
  cut(): void {
    this.closing.abort();
    this.client?.stream.destroy();
  }

  /** Says goodbye as the protocol asks, then disconnects; the will is not sent. */
  async close(): Promise<void> {
    this.closing.abort();
    const client = this.client;
    if (!client?.connected) return this.cut();
    const goodbye = this.publish("status", offlineMessage(this.options.bootId));
    await Promise.race([goodbye, sleep(GOODBYE_TIMEOUT_MS, undefined, { ref: false })]);
    await Promise.race([client.endAsync(), sleep(GOODBYE_TIMEOUT_MS, undefined, { ref: false })]);
    client.stream.destroy();
  }

  private async keepUp(): Promise<void> {
    const { random, backOff } = this.options;
    let failures = 0;
    while (!this.closing.signal.aborted) {
      const heldMs = await this.connectOnce();
      failures = heldMs >= backOff.stableMs ? 0 : failures + 1;
      const waitMs = Math.max(reconnectDelayMs(Math.max(0, failures - 1), random, backOff), this.silentUntilMs - Date.now());
      await sleep(waitMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  /** One connection from start to end. Returns how long it was usable, in milliseconds. */
  private async connectOnce(): Promise<number> {
    const leaveGate = await this.options.gate.enter();
    if (this.closing.signal.aborted) {
      leaveGate();
      return 0;
    }
    const client = this.connect();
    this.client = client;
    let readySinceMs = Number.POSITIVE_INFINITY;
    client.once("connect", () => {
      leaveGate();
      void this.subscribe(client).then((granted) => {
        if (!granted || client.disconnecting) return;
        readySinceMs = Date.now();
        this.isReady = true;
        this.options.onReady();
      });
    });
    client.on("error", (error) => this.options.onTrouble(error.message || String((error as NodeJS.ErrnoException).code)));
    await new Promise<void>((resolve) => client.once("close", resolve));
    leaveGate();
    client.end(true);
    if (this.isReady) {
      this.isReady = false;
      this.options.onLost();
    }
    return Math.max(0, Date.now() - readySinceMs);
  }

  private connect(): MqttClient {
    const { deviceId, password, url, certificateAuthority, bootId } = this.options;
    const client = mqtt.connect(url, {
      protocolVersion: 4,
      clientId: deviceId,
      username: deviceId,
      password,
      clean: true,
      keepalive: KEEPALIVE_SECONDS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Our own loop reconnects: the built-in one waits the same time for every device, which stampedes the broker.
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      will: { topic: topicOf(deviceId, "status"), payload: Buffer.from(offlineMessage(bootId)), qos: 1, retain: false },
      ...(certificateAuthority ? { ca: certificateAuthority } : {}),
    });
    client.on("message", (topic, payload) => {
      const channel = DOWNLINKS.find((name) => topicOf(deviceId, name) === topic);
      if (channel) this.options.onDownlink(channel, payload);
    });
    return client;
  }

  /** Asks for QoS 2 and takes what is granted; a refusal ends the connection, as nothing could be received on it. */
  private async subscribe(client: MqttClient): Promise<boolean> {
    const topics = DOWNLINKS.map((channel) => topicOf(this.options.deviceId, channel));
    try {
      await client.subscribeAsync(topics, { qos: 2 });
      return true;
    } catch (error) {
      if (!client.disconnecting) this.options.onTrouble(`subscription refused: ${(error as Error).message}`);
      client.stream.destroy();
      return false;
    }
  }
}

function offlineMessage(bootId: string): string {
  return JSON.stringify({ online: false, bootId });
}
