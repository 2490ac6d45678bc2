import { describe, expect, test } from "vitest";
import { credentialsFileName, credentialsFileText, deviceQrText } from "./credentials-file";

const FIRMWARE_KEY = {
  kty: "OKP",
  crv: "Ed25519",
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
  kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
  alg: "EdDSA",
  use: "sig",
} as const;

describe("what a person takes along", () => {
  const mqtt = {
    host: "broker.example",
    port: 8883,
    tls: true,
    webSocketPort: 9001,
    username: "MM001",
    clientId: "MM001",
    password: "s3cret",
  };
  const facts = {
    deviceName: "Stall 1",
    deviceId: "MM001",
    mqtt,
    topics: { data: "smartdairy/MM001/data", command: "smartdairy/MM001/command" },
    ca: "-----BEGIN CERTIFICATE-----\n…\n",
    firmwareKeys: { keys: [FIRMWARE_KEY], endorsements: [] },
  };

  test("the credentials file has everything a device needs", () => {
    const text = credentialsFileText(facts);
    for (const part of [
      "MM001",
      "Stall 1",
      "broker.example",
      "8883 (TLS)",
      "9001",
      "s3cret",
      "smartdairy/MM001/data",
      "smartdairy/MM001/command",
      "BEGIN CERTIFICATE",
      FIRMWARE_KEY.x,
      "no copy of the password",
    ])
      expect(text).toContain(part);
    const plain = credentialsFileText({ ...facts, mqtt: { ...mqtt, tls: false, webSocketPort: undefined }, ca: undefined });
    expect(plain).toContain("8883 (no TLS)");
    expect(plain).not.toMatch(/WebSocket|undefined|CERTIFICATE/);
    expect(credentialsFileName("MM001")).toBe("device_MM001_credentials.txt");
  });

  test.each([
    ["LF-1", "SMARTDAIRY:MM001:milk_meter:LF-1"],
    [null, "SMARTDAIRY:MM001:milk_meter:"],
    ["a:b:c", "SMARTDAIRY:MM001:milk_meter:a-b-c"],
  ])("the QR code of serial number %j", (serialNumber, expected) => {
    expect(deviceQrText({ deviceId: "MM001", type: "milk_meter", serialNumber })).toBe(expected);
  });
});
