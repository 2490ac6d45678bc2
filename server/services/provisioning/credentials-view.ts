import { readFileSync } from "node:fs";
import type { Transaction } from "@/server/db/client";
import type { TrustedKeys } from "@/server/domain/firmware/trusted-keys";
import type { MqttAccess } from "@/server/domain/provisioning/credentials-file";
import { env } from "@/server/env";
import { trustedKeys } from "@/server/services/firmware/signing-keys";
import { topicsOfDevice, type ChannelName } from "@/server/mqtt/topics";

/** Everything a device needs to connect. The password is in it only at the moment it is issued. */
export interface IssuedCredentials {
  deviceId: string;
  mqtt: MqttAccess;
  topics: Record<ChannelName, string>;
  /** PEM of the broker's certificate authority, where it is a private one. */
  ca: string | undefined;
  /** Whose firmware manifests the device takes. */
  firmwareKeys: TrustedKeys;
}

export async function credentialsView(tx: Transaction, deviceId: string, password: string): Promise<IssuedCredentials> {
  const { PUBLIC_MQTT_HOST, PUBLIC_MQTT_PORT, PUBLIC_MQTT_WS_PORT, PUBLIC_MQTT_TLS, MQTT_CA_FILE } = env();
  return {
    deviceId,
    mqtt: {
      host: PUBLIC_MQTT_HOST,
      port: PUBLIC_MQTT_PORT,
      tls: PUBLIC_MQTT_TLS,
      webSocketPort: PUBLIC_MQTT_WS_PORT,
      username: deviceId,
      clientId: deviceId,
      password,
    },
    topics: topicsOfDevice(deviceId),
    ca: MQTT_CA_FILE ? readFileSync(MQTT_CA_FILE, "utf8") : undefined,
    firmwareKeys: await trustedKeys(tx),
  };
}
