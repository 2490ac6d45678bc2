import { openDatabase } from "@/server/db/client";
import { env } from "@/server/env";
import { logFor } from "@/server/log";
import { startBroker } from "@/server/mqtt/broker/start-broker";
import { startReceptionBeat } from "@/server/mqtt/reception-beat";
import { runUntilStopped } from "./lifecycle";
import { startProcessBeat } from "./process-beat";

const log = logFor("broker");
const { DATABASE_URL, MQTT_USERNAME, MQTT_PASSWORD, MQTT_HOST, PUBLIC_MQTT_PORT, PUBLIC_MQTT_WS_PORT } = env();

// The embedded MQTT broker, alone in its process: page rendering must not delay keep-alives.
if (MQTT_PASSWORD.length < 16) throw new Error("MQTT_PASSWORD is not set; this process is started by the supervisor");
const db = openDatabase({ url: DATABASE_URL, poolSize: 2 });
const broker = await startBroker({
  db,
  host: MQTT_HOST,
  port: PUBLIC_MQTT_PORT,
  webSocketPort: PUBLIC_MQTT_WS_PORT ?? 0,
  service: { username: MQTT_USERNAME, password: MQTT_PASSWORD },
});
const beat = startReceptionBeat(db, () => true);
const life = await startProcessBeat(db, { kind: "broker", id: String(broker.port), facts: () => broker.facts() });
log.info({ mqtt: broker.port, webSocket: broker.webSocketPort }, "embedded broker is ready");
runUntilStopped(async () => {
  beat.stop();
  await broker.stop();
  await life.stop();
  await db.$disconnect();
});
