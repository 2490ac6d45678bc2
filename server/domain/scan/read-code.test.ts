import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEVICE_ID_PATTERN } from "../devices/device-id";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "../devices/device-type";
import { deviceQrText } from "../provisioning/credentials-file";
import { tokenQrText } from "../provisioning/token-sheet";
import { readCode } from "./read-code";

const HOSTS = ["dairy.example", "localhost:3000"];
const read = (text: string) => readCode(text, HOSTS);
const NOTHING = { serialNumber: null, name: null, manufacturer: null, model: null, macAddress: null };

describe("codes of ours", () => {
  test.each([
    ["SMARTDAIRY:MM001:milk_meter:SN-1", "label", { deviceId: "MM001", type: "milk_meter", serialNumber: "SN-1" }],
    ["smartdairy:mm001:Milk Meter:", "label", { deviceId: "MM001", type: "milk_meter" }],
    ["SMARTDAIRY:MM001", "label", { deviceId: "MM001", type: "milk_meter" }],
    // What the label says comes before what the prefix would mean.
    ["SMARTDAIRY:AC007:gate:A:B", "label", { deviceId: "AC007", type: "gate", serialNumber: "A:B" }],
    ["SMARTDAIRY:QX123:hoverboard:", "label", { deviceId: "QX123", type: undefined }],
    ["  MM001\n", "plain", { deviceId: "MM001", type: "milk_meter" }],
    ["ts042", "plain", { deviceId: "TS042", type: "temperature" }],
    ["https://dairy.example/devices/FD002", "link", { deviceId: "FD002", type: "feeder" }],
    ["http://localhost:3000/devices/fd002/?tab=health", "link", { deviceId: "FD002", type: "feeder" }],
    ["https://DAIRY.example/scan?device=WD004", "link", { deviceId: "WD004", type: "waterer" }],
    [
      '{"device_id":"EN001","type":"environmental","serial_number":77,"name":"Barn","manufacturer":"Acme","model":"E1","mac_address":"02-4a-1b-00-3c-7f"}',
      "json",
      {
        deviceId: "EN001",
        type: "environmental",
        serialNumber: "77",
        name: "Barn",
        manufacturer: "Acme",
        model: "E1",
        macAddress: "02:4A:1B:00:3C:7F",
      },
    ],
    ['{"deviceId":"EN001","deviceType":null}', "json", { deviceId: "EN001", type: "environmental" }],
  ])("%j", (text, form, device) => {
    expect(read(text)).toEqual({ kind: "device", form, device: { ...NOTHING, ...device } });
  });

  test.each([
    ["SMARTDAIRY:", "label", "names no device"],
    ["SMARTDAIRY:MM1:milk_meter:", "label", "“MM1” is no device ID"],
    ["SMARTDAIRY:MM/1+#:milk_meter:", "label", "is no device ID"],
    ["SMARTDAIRY:M\u202eM:x:", "label", "It is no device ID"],
    [`SMARTDAIRY:MM001:milk_meter:${"9".repeat(101)}`, "label", "serial number is longer than 100"],
    ["SMARTDAIRY:MM001:milk_meter:a\u0000b", "label", "serial number has characters that cannot be shown"],
    ['{"device_id":"MM001"', "json", "cut off or damaged"],
    ["{}", "json", "device_id is missing"],
    ['{"device_id":{"a":1}}', "json", "device_id is no text"],
    ['{"__proto__":{"device_id":"MM001"}}', "json", "device_id is missing"],
    ['{"device_id":"MM001","mac":"zz"}', "json", "MAC address is none"],
    ["https://dairy.example/overview", "link", "not to a device"],
    ["https://dairy.example/devices/new", "link", "“NEW” is no device ID"],
    ["https://[broken", "link", "damaged"],
  ])("%j is unusable, and says why", (text, form, problem) => {
    expect(read(text)).toEqual({ kind: "malformed", form, problem: expect.stringContaining(problem) as string });
  });
});

describe("codes of others", () => {
  test.each([
    ["", "empty"],
    ["https://shop.example/devices/MM001", "link"],
    ["https://dairy.example:8443/devices/MM001", "link"],
    ["https://dairy.example.evil.example/devices/MM001", "link"],
    ["https://dairy.example@evil.example/devices/MM001", "link"],
    ["WIFI:T:WPA;S:barn;P:secret;;", "wifi"],
    ["BEGIN:VCARD\nN:Doe\nEND:VCARD", "contact"],
    ["mailto:a@b.example", "email"],
    ["tel:+491701234567", "phone"],
    ["geo:52.5,13.4", "place"],
    ["BEGIN:VEVENT", "event"],
    ["LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122", "lorawan"],
    ["MT:Y.K9042C00KA0648G00", "smart_home"],
    ["4006381333931", "product"],
    ["036000291452", "product"],
    ["(01)04006381333931(21)12345", "product"],
    [tokenQrText("a".repeat(43), "https://dairy.example"), "token"],
    ["Take the milk to the dairy", "text"],
    ["hello", "text"],
    ["x".repeat(5_000), "text"],
  ])("%j is %s", (text, what) => {
    expect(read(text)).toMatchObject({ kind: "foreign", code: { what } });
  });

  test("a link names its host and nothing more", () => {
    expect(read("https://shop.example/secret?token=1")).toEqual({ kind: "foreign", code: { what: "link", detail: "shop.example" } });
  });

  test.each([
    ["024A1B003C7F", { macAddress: "02:4A:1B:00:3C:7F", serialNumber: null }],
    ["LELY-A4-00172", { macAddress: null, serialNumber: "LELY-A4-00172" }],
    // Fails the check digit of an EAN.
    ["4006381333932", { macAddress: null, serialNumber: "4006381333932" }],
    ['{"serial":"A4-1"}', { macAddress: null, serialNumber: "A4-1" }],
  ])("%j may be a unit by its maker's mark", (text, unit) => {
    expect(read(text)).toEqual({ kind: "unit", ...unit });
  });
});

describe("for whatever is scanned", () => {
  const deviceId = fc
    .tuple(fc.constantFrom(...DEVICE_TYPES.map((type) => DEVICE_TYPE_FACTS[type].prefix), "QX"), fc.integer({ min: 1, max: 999_999 }))
    .map(([prefix, number]) => prefix + String(number).padStart(3, "0"));

  test("a label that the product writes is read back", () => {
    const serialNumber = fc.option(
      fc.string({ unit: fc.constantFrom(..."ABCxyz0123456789 -_./:äß"), maxLength: 100 }).map((text) => text.trim()),
    );
    fc.assert(
      fc.property(deviceId, fc.constantFrom(...DEVICE_TYPES), serialNumber, (id, type, serial) => {
        expect(read(deviceQrText({ deviceId: id, type, serialNumber: serial }))).toEqual({
          kind: "device",
          form: "label",
          device: { ...NOTHING, deviceId: id, type, serialNumber: serial?.replaceAll(":", "-") || null },
        });
      }),
    );
  });

  test("the four forms of one device lead to the same ID", () => {
    fc.assert(
      fc.property(deviceId, (id) => {
        const forms = [`SMARTDAIRY:${id}::`, JSON.stringify({ device_id: id }), id.toLowerCase(), `https://dairy.example/devices/${id}`];
        expect(forms.map((text) => read(text)).map((reading) => reading.kind === "device" && reading.device.deviceId)).toEqual(
          Array(4).fill(id),
        );
      }),
    );
  });

  test("it answers, never throws, and names no device whose ID is not one", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme" }).map((text) => `SMARTDAIRY:${text}`),
      fc.json(),
      fc.json().map((text) => `{"device_id":${text}}`),
      fc.webUrl(),
      fc.webPath().map((path) => `https://dairy.example/devices${path}`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const reading = read(text);
        if (reading.kind === "device") expect(reading.device.deviceId).toMatch(DEVICE_ID_PATTERN);
        if (reading.kind === "malformed") expect(reading.problem).toMatch(/\.$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
