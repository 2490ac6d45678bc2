import { connect, type IClientOptions, type MqttClient } from "mqtt";
import { logFor } from "@/server/log";

const log = logFor("mqtt");

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Since when a client is connected without a break; `null` while it is not. */
export function watchConnection(client: MqttClient): () => Date | null {
  let since: Date | null = client.connected ? new Date() : null;
  client.on("connect", () => (since = new Date()));
  client.on("close", () => (since = null));
  return () => since;
}

/** Connects as the service account and stays connected: exponential back-off with full jitter, refusals included. */
export function connectService(url: string, options: { username: string; password: string; clientId: string; clean: boolean }): MqttClient {
  const settings: IClientOptions = {
    ...options,
    protocolVersion: 4,
    queueQoSZero: false,
    reconnectOnConnackError: true,
    resubscribe: true,
    connectTimeout: 10_000,
    reconnectPeriod: FIRST_RETRY_MS,
  };
  const client = connect(url, settings);
  let failures = 0;
  client.on("connect", () => {
    failures = 0;
    client.options.reconnectPeriod = FIRST_RETRY_MS;
    log.info("connected to the broker");
  });
  client.on("close", () => {
    failures += 1;
    client.options.reconnectPeriod = Math.max(100, Math.random() * Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
  });
  client.on("error", (error) => log.warn({ err: error }, "broker connection failed; trying again"));
  return client;
}
