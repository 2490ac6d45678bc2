import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressRefusal } from "./address-rules";

describe("addresses the server may connect to for somebody", () => {
  test.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::1",
  ])("%s", (address) => {
    expect(isIP(address)).not.toBe(0);
    expect(addressRefusal(address)).toBeUndefined();
  });

  test.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "3fff:fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
  ])("not %s", (address) => {
    expect(isIP(address)).not.toBe(0);
    expect(addressRefusal(address)).toBe("not_public");
  });

  test.each([
    "",
    "localhost",
    "1.1.1",
    "1.1.1.1.1",
    "256.1.1.1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.1",
    "2130706433",
    "1::2::3",
    ":::",
    "::ffff:999.1.1.1",
    "g::1",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7",
    "::12345",
  ])("%j is no address", (address) => {
    expect(addressRefusal(address)).toBe("unreadable");
  });

  test("whatever Node takes for an address is read, and read alike however it is written", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(addressRefusal(address)).not.toBe("unreadable");
        const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
        expect(addressRefusal(canonical)).toBe(addressRefusal(address));
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressRefusal(`::ffff:${address}`)).toBe(addressRefusal(address));
      }),
    );
  });
});
