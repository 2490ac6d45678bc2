import fc from "fast-check";
import { generate } from "mqtt-packet";
import { describe, expect, test } from "vitest";
import { FrameScanner } from "./frame-scanner";
import { TokenBucket } from "./token-bucket";

function publish(bytes: number, qos: 0 | 1 = 0): Buffer {
  return generate({
    cmd: "publish",
    topic: "smartdairy/MM001/status",
    payload: Buffer.alloc(bytes),
    qos,
    messageId: 1,
    retain: false,
    dup: false,
  });
}

const STREAM = Buffer.concat([
  generate({ cmd: "connect", clientId: "MM001", protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 60 }),
  publish(0),
  generate({ cmd: "pingreq" }),
  publish(127),
  publish(128, 1),
  publish(20_000),
  generate({ cmd: "disconnect" }),
]);

describe("following MQTT frames", () => {
  test("split at every byte, the same packets are seen", () => {
    for (let at = 0; at <= STREAM.length; at += at < 400 || at > STREAM.length - 50 ? 1 : 97) {
      const scanner = new FrameScanner();
      expect(scanner.scan(STREAM.subarray(0, at), 65_536)).toBeUndefined();
      expect(scanner.scan(STREAM.subarray(at), 65_536)).toBeUndefined();
      expect(scanner.publishes).toBe(4);
    }
  });

  test("byte by byte and in any chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }), (sizes) => {
        const scanner = new FrameScanner();
        for (let offset = 0, turn = 0; offset < STREAM.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          if (scanner.scan(STREAM.subarray(offset, offset + size), 65_536)) return false;
          offset += size;
        }
        return scanner.publishes === 4;
      }),
    );
  });

  test.each([
    ["exactly at the limit", 100, undefined],
    ["one byte over it", 101, "packet too large"],
  ])("a packet %s", (_, length, refusal) => {
    expect(new FrameScanner().scan(Buffer.from([0x30, length]), 100)).toBe(refusal);
  });

  test("is refused by its length, before any of its body arrives", () => {
    // 256 MB, as the protocol allows.
    expect(new FrameScanner().scan(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]), 4_096)).toBe("packet too large");
    expect(new FrameScanner().scan(Buffer.from([0x10, 0xff, 0xff]), 4_096)).toBe("packet too large");
  });

  test("a length of more than four bytes is malformed, also when it stays small", () => {
    expect(new FrameScanner().scan(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80, 0x00]), 4_096)).toBe("malformed packet length");
    const scanner = new FrameScanner();
    for (const byte of [0x10, 0x80, 0x80, 0x80]) expect(scanner.scan(Buffer.from([byte]), 4_096)).toBeUndefined();
    expect(scanner.scan(Buffer.from([0x80]), 4_096)).toBe("malformed packet length");
  });

  test("the limit may change from packet to packet", () => {
    const scanner = new FrameScanner();
    expect(scanner.scan(publish(10), 4_096)).toBeUndefined();
    expect(scanner.scan(publish(5_000), 65_536)).toBeUndefined();
    expect(scanner.scan(publish(5_000), 4_096)).toBe("packet too large");
  });
});

describe("the token bucket", () => {
  test("gives its burst at once, then its rate", () => {
    const bucket = new TokenBucket(2, 3, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(0))).toEqual([true, true, true, false]);
    expect([bucket.take(499), bucket.take(500), bucket.take(501)]).toEqual([false, true, false]);
  });

  test("never holds more than its burst, and a clock that goes back changes nothing", () => {
    const bucket = new TokenBucket(1, 2, 0);
    expect([1, 2, 3].map(() => bucket.take(1_000_000))).toEqual([true, true, false]);
    expect(bucket.take(0)).toBe(false);
  });

  test("on credit it says how long the debt takes", () => {
    const bucket = new TokenBucket(10, 1, 0);
    expect([bucket.takeOnCredit(0), bucket.takeOnCredit(0), bucket.takeOnCredit(0)]).toEqual([0, 100, 200]);
    expect(bucket.takeOnCredit(300)).toBe(0);
  });

  test("a token given back can be used again, and a full bucket is worth nothing to remember", () => {
    const bucket = new TokenBucket(1, 1, 0);
    expect([bucket.isFull(0), bucket.take(0), bucket.isFull(0), bucket.isFull(1_000)]).toEqual([true, true, false, true]);
    bucket.take(1_000);
    bucket.giveBack();
    expect(bucket.take(1_000)).toBe(true);
    bucket.giveBack();
    bucket.giveBack();
    expect([bucket.take(1_000), bucket.take(1_000)]).toEqual([true, false]);
  });
});
