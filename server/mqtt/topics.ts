import type { z } from "zod";
import { DEVICE_ID_PATTERN } from "@/server/domain/devices/device-id";
import { commandPayload, configPayload, dataPayload, firmwarePayload, responsePayload, statusPayload } from "./payloads";

/** First level of every topic of ours. */
export const TOPIC_ROOT = "smartdairy";

interface Channel {
  /** up: the device publishes; down: the device subscribes. */
  direction: "up" | "down";
  payload: z.ZodType;
}

/** The one table of the MQTT contract (DESIGN 5, docs/device-protocol.md): `smartdairy/{deviceId}/{channel}`. */
export const CHANNELS = {
  data: { direction: "up", payload: dataPayload },
  status: { direction: "up", payload: statusPayload },
  response: { direction: "up", payload: responsePayload },
  firmware: { direction: "up", payload: firmwarePayload },
  command: { direction: "down", payload: commandPayload },
  config: { direction: "down", payload: configPayload },
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof CHANNELS;
export type UplinkChannel = "data" | "status" | "response" | "firmware";

export const UPLINK_CHANNELS: readonly UplinkChannel[] = ["data", "status", "response", "firmware"];

/** The topic of one channel of one device. */
export function topicOf(deviceId: string, channel: ChannelName): string {
  return `${TOPIC_ROOT}/${deviceId}/${channel}`;
}

/** Splits a topic of ours; `undefined` for anything else, wildcards included. */
export function parseTopic(topic: string): { deviceId: string; channel: ChannelName } | undefined {
  const [root, deviceId, channel, ...rest] = topic.split("/");
  if (root !== TOPIC_ROOT || rest.length > 0 || !deviceId || !DEVICE_ID_PATTERN.test(deviceId)) return undefined;
  if (!channel || !Object.hasOwn(CHANNELS, channel)) return undefined;
  return { deviceId, channel: channel as ChannelName };
}

/** Whether a device may publish there: its own uplink channels, never retained. The will obeys the same rule. */
export function devicePublishRefusal(deviceId: string, topic: string, retain: boolean): string | undefined {
  const parsed = parseTopic(topic);
  if (!parsed) return "unknown topic";
  if (parsed.deviceId !== deviceId) return "topic of another device";
  if (CHANNELS[parsed.channel].direction !== "up") return "channel is for the server to publish";
  if (retain) return "retained messages are not allowed";
  return undefined;
}

/** Whether a device may subscribe: exactly its own downlink topics, no wildcards, no `$SYS`, no `$share`. */
export function deviceSubscribeRefusal(deviceId: string, filter: string): string | undefined {
  if (filter.includes("+") || filter.includes("#")) return "wildcards are not allowed";
  const parsed = parseTopic(filter);
  if (!parsed) return "unknown topic";
  if (parsed.deviceId !== deviceId) return "topic of another device";
  if (CHANNELS[parsed.channel].direction !== "down") return "channel is for devices to publish";
  return undefined;
}

/** The topics a device needs to know, by channel. */
export function topicsOfDevice(deviceId: string): Record<ChannelName, string> {
  return {
    data: topicOf(deviceId, "data"),
    status: topicOf(deviceId, "status"),
    response: topicOf(deviceId, "response"),
    firmware: topicOf(deviceId, "firmware"),
    command: topicOf(deviceId, "command"),
    config: topicOf(deviceId, "config"),
  };
}
