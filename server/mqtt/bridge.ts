import type { IPublishPacket, MqttClient, Packet } from "mqtt";
import type { Database } from "@/server/db/client";
import type { Subscription } from "@/server/domain/system/process-facts";
import { logFor } from "@/server/log";
import { MinuteMeter } from "./minute-meter";
import { parseUplink } from "./parse-uplink";
import { CHANNELS, parseTopic, TOPIC_ROOT, UPLINK_CHANNELS, type UplinkChannel } from "./topics";
import { UplinkBatcher } from "./uplink-batcher";

const log = logFor("bridge");

interface Bridge {
  receivedPerMinute(): number;
  /** As the broker last granted them. */
  subscriptions(): Subscription[];
  stop(): Promise<void>;
}

type SendPacket = (packet: Packet, done?: (error?: Error) => void) => void;

/**
 * Takes messages from an external broker into the database and acknowledges each after its commit: mqtt.js would
 * acknowledge at once and handle one message at a time, so its acknowledgements are held back here until the batch
 * that holds the message is committed. What is not acknowledged, the broker delivers again.
 */
export function startBridge(db: Database, client: MqttClient): Bridge {
  const batcher = new UplinkBatcher(db);
  const received = new MinuteMeter();
  let subscriptions: Subscription[] = [];
  const stored = new Map<number, Promise<void>>();
  holdAcknowledgements(client, stored);
  client.handleMessage = (packet: IPublishPacket, done) => {
    const promise = take(packet);
    if (packet.messageId !== undefined && packet.qos > 0) stored.set(packet.messageId, promise);
    else promise.catch(() => undefined);
    done();
  };

  async function take(packet: IPublishPacket): Promise<void> {
    received.add();
    const parsed = parseTopic(packet.topic);
    // A misconfigured broker may let strangers publish anything below our root; it is none of our devices' word.
    if (!parsed || CHANNELS[parsed.channel].direction !== "up") {
      log.warn({ topic: packet.topic.slice(0, 200) }, "message on an unknown topic ignored; check the broker's access rules");
      return;
    }
    await batcher.add(parseUplink(parsed.deviceId, parsed.channel as UplinkChannel, Buffer.from(packet.payload), new Date()));
  }

  const filters = UPLINK_CHANNELS.map((channel) => `${TOPIC_ROOT}/+/${channel}`);
  client.on("connect", () => {
    stored.clear();
    client.subscribe(filters, { qos: 1 }, (error, _, answer) => {
      // 128 is a refusal (MQTT 3.1.1, 3.9.3). Without an answer the connection has gone, and we ask again.
      subscriptions = answer ? filters.map((filter, index) => ({ filter, qos: grantedQos(answer.granted[index]) })) : [];
      if (error) log.error({ err: error }, "the broker refused our subscriptions; nothing can be received");
      else log.info({ filters }, "receiving from the broker");
    });
  });
  return { receivedPerMinute: () => received.perMinute(), subscriptions: () => subscriptions, stop: () => batcher.drain() };
}

function holdAcknowledgements(client: MqttClient, stored: Map<number, Promise<void>>): void {
  const internals = client as unknown as { _sendPacket: SendPacket };
  const send = internals._sendPacket.bind(client);
  // A message id is a promise of one connection: after a reconnect it may mean another message.
  let connection = 0;
  client.on("connect", () => connection++);
  internals._sendPacket = (packet, done) => {
    const messageId = packet.cmd === "puback" ? packet.messageId : undefined;
    const commit = messageId === undefined ? undefined : stored.get(messageId);
    if (commit === undefined || messageId === undefined) return send(packet, done);
    stored.delete(messageId);
    const receivedOn = connection;
    commit.then(
      () => client.connected && connection === receivedOn && send(packet),
      () => log.warn("a message could not be stored; the broker will deliver it again"),
    );
    done?.();
  };
}

function grantedQos(code: unknown): number | null {
  return typeof code === "number" && code <= 2 ? code : null;
}
