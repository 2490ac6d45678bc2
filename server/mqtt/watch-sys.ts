import type { MqttClient } from "mqtt";
import type { SysFacts } from "@/server/domain/system/process-facts";
import { logFor } from "@/server/log";

const log = logFor("mqtt");

/** Where Mosquitto, and brokers that follow it, say how they do. There is no standard for it. */
const TOPICS = {
  version: "$SYS/broker/version",
  clients: "$SYS/broker/clients/connected",
  receivedPerMinute: "$SYS/broker/load/messages/received/1min",
} as const;

/** A broker may also be stopped just as we ask; after so many connections that it closed instead of an answer, no. */
const MOST_CLOSED = 3;

/**
 * Listens to what an external broker says of itself. It needs a connection of its own: some brokers close one that asks
 * for `$SYS` without the right to it, and then nobody asks again until the worker restarts.
 */
export function watchSys(client: MqttClient): { facts(): SysFacts | null; stop(): Promise<void> } {
  const said = new Map<string, string>();
  let isAsking = false;
  let closed = 0;
  const giveUp = () => {
    log.info("the broker does not let us read $SYS; what it knows of itself stays unknown");
    client.end(true);
  };
  client.on("connect", () => {
    isAsking = true;
    client.subscribe(Object.values(TOPICS), { qos: 0 }, (_error, _, answer) => {
      // Closed instead: that is counted below.
      if (!answer) return;
      isAsking = false;
      closed = 0;
      if (!answer.granted.some((code) => typeof code === "number" && code <= 2)) giveUp();
    });
  });
  client.on("close", () => {
    said.clear();
    if (isAsking && ++closed >= MOST_CLOSED) giveUp();
    isAsking = false;
  });
  client.on("message", (topic, payload) => said.set(topic, payload.toString("utf8").slice(0, 100)));
  const numberOf = (topic: string) => {
    const value = Number(said.get(topic) ?? Number.NaN);
    return Number.isFinite(value) ? Math.round(value) : null;
  };
  return {
    facts: () =>
      said.size === 0
        ? null
        : {
            version: said.get(TOPICS.version) ?? null,
            clients: numberOf(TOPICS.clients),
            receivedPerMinute: numberOf(TOPICS.receivedPerMinute),
          },
    stop: async () => void (await client.endAsync(true)),
  };
}
