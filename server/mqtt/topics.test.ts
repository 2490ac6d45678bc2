import { describe, expect, test } from "vitest";
import {
  CHANNELS,
  devicePublishRefusal,
  deviceSubscribeRefusal,
  parseTopic,
  topicOf,
  topicsOfDevice,
  UPLINK_CHANNELS,
  type ChannelName,
} from "./topics";

const NAMES = Object.keys(CHANNELS) as ChannelName[];

describe("topics", () => {
  test("are built and read back by one table", () => {
    for (const channel of NAMES) expect(parseTopic(topicOf("MM001", channel))).toEqual({ deviceId: "MM001", channel });
    expect(topicsOfDevice("MM001")).toEqual(Object.fromEntries(NAMES.map((channel) => [channel, `smartdairy/MM001/${channel}`])));
    expect(UPLINK_CHANNELS).toEqual(NAMES.filter((channel) => CHANNELS[channel].direction === "up"));
  });

  test.each([
    "",
    "/",
    "smartdairy",
    "smartdairy/MM001",
    "smartdairy/MM001/",
    "smartdairy//status",
    "/smartdairy/MM001/status",
    "smartdairy/MM001/status/",
    "smartdairy/MM001/status/x",
    "Smartdairy/MM001/status",
    "smartdairy/mm001/status",
    "smartdairy/MM01/status",
    "smartdairy/MM001/Status",
    "smartdairy/+/status",
    "smartdairy/#",
    "#",
    "+/+/+",
    "smartdairy/MM001/constructor",
    "smartdairy/MM001/__proto__",
    "smartdairy/MM001/toString",
    "$SYS/broker/clients",
    "$share/g/smartdairy/MM001/command",
    "smartdairy/MM001 /status",
    "smartdairy/MM001\n/status",
  ])("%j is none of ours", (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });
});

describe("what a device may do", () => {
  test.each(NAMES)("on its own %s channel: one direction only", (channel) => {
    const isUp = CHANNELS[channel].direction === "up";
    expect(devicePublishRefusal("MM001", topicOf("MM001", channel), false) === undefined).toBe(isUp);
    expect(deviceSubscribeRefusal("MM001", topicOf("MM001", channel)) === undefined).toBe(!isUp);
  });

  test.each(NAMES)("nothing on another device's %s channel", (channel) => {
    for (const other of ["MM002", "MM0010", "MM00"]) {
      expect(devicePublishRefusal("MM001", topicOf(other, channel), false)).toBeDefined();
      expect(deviceSubscribeRefusal("MM001", topicOf(other, channel))).toBeDefined();
    }
  });

  test.each([
    ["smartdairy/MM001/#", "wildcards are not allowed"],
    ["smartdairy/+/command", "wildcards are not allowed"],
    ["#", "wildcards are not allowed"],
    ["$SYS/#", "wildcards are not allowed"],
    ["$SYS/broker/version", "unknown topic"],
    ["$share/all/smartdairy/MM001/command", "unknown topic"],
    ["smartdairy/MM001/commands", "unknown topic"],
    ["smartdairy/MM002/command", "topic of another device"],
    ["smartdairy/MM001/status", "channel is for devices to publish"],
  ])("may not subscribe to %s: %s", (filter, reason) => {
    expect(deviceSubscribeRefusal("MM001", filter)).toBe(reason);
  });

  test.each([
    ["smartdairy/MM001/status", true, "retained messages are not allowed"],
    ["smartdairy/MM001/command", false, "channel is for the server to publish"],
    ["smartdairy/MM002/status", false, "topic of another device"],
    ["$SYS/MM001/new/clients", false, "unknown topic"],
    ["smartdairy/MM001/status/deep", false, "unknown topic"],
  ])("may not publish to %s (retained: %s): %s", (topic, retain, reason) => {
    expect(devicePublishRefusal("MM001", topic, retain)).toBe(reason);
  });
});
