import type { TrustedKeys } from "../firmware/trusted-keys";

/** How a device reaches the broker and proves who it is. */
export interface MqttAccess {
  host: string;
  port: number;
  tls: boolean;
  /** MQTT over WebSocket, where the broker offers it. */
  webSocketPort: number | undefined;
  username: string;
  clientId: string;
  password: string;
}

/** What a device needs to connect, as it is written down for the person who configures it. */
interface CredentialsFileFacts {
  deviceName: string;
  deviceId: string;
  mqtt: MqttAccess;
  topics: Record<string, string>;
  ca: string | undefined;
  firmwareKeys: TrustedKeys;
}

const CHANNEL_ORDER = ["data", "status", "response", "firmware", "command", "config"];

/** The text of the downloadable credentials file (specification Task 3.1, with broker and certificate authority). */
export function credentialsFileText(facts: CredentialsFileFacts): string {
  const { mqtt } = facts;
  const sections: [string, [string, string][]][] = [
    [
      "Device",
      [
        ["ID", facts.deviceId],
        ["Name", facts.deviceName],
      ],
    ],
    [
      "Broker",
      [
        ["Host", mqtt.host],
        ["Port", `${mqtt.port} (${mqtt.tls ? "TLS" : "no TLS"})`],
        ...(mqtt.webSocketPort ? [["WebSocket", String(mqtt.webSocketPort)] as [string, string]] : []),
        ["Protocol", "MQTT 3.1.1"],
      ],
    ],
    [
      "Sign-in",
      [
        ["Username", mqtt.username],
        ["Client ID", mqtt.clientId],
        ["Password", mqtt.password],
      ],
    ],
    ["Topics", CHANNEL_ORDER.flatMap((channel) => (facts.topics[channel] ? [[channel, facts.topics[channel]] as [string, string]] : []))],
  ];
  const body = sections.map(([title, rows]) => [title, ...rows.map(([label, value]) => `  ${label.padEnd(10)} ${value}`)].join("\n"));
  const ca = facts.ca ? ["Certificate authority (PEM)", facts.ca.trim()].join("\n") : undefined;
  return [
    `Smart Dairy: access for device ${facts.deviceId}`,
    ...body,
    ca,
    ["Firmware keys (JWK set; whose firmware the device takes)", JSON.stringify(facts.firmwareKeys)].join("\n"),
    "Keep this file safe. The server stores no copy of the password; a lost one is replaced, not recovered.",
  ]
    .filter((part) => part !== undefined)
    .join("\n\n")
    .concat("\n");
}

/** Name under which the file is saved. */
export function credentialsFileName(deviceId: string): string {
  return `device_${deviceId}_credentials.txt`;
}

/** What a device's QR code says (DESIGN 8): who it is, never a secret. */
export function deviceQrText(device: { deviceId: string; type: string; serialNumber: string | null }): string {
  // A colon would shift the fields of whoever splits the text.
  const serial = device.serialNumber?.replaceAll(":", "-") ?? "";
  return `SMARTDAIRY:${device.deviceId}:${device.type}:${serial}`;
}
