import { randomUUID } from "node:crypto";
import { openDatabase } from "@/server/db/client";
import { env } from "@/server/env";
import { Clock } from "@/server/jobs/clock";
import { logFor } from "@/server/log";
import { startBridge } from "@/server/mqtt/bridge";
import { connectService } from "@/server/mqtt/connect-service";
import { startReceptionBeat } from "@/server/mqtt/reception-beat";
import { CommandPublisher } from "@/server/mqtt/publisher";
import { runUntilStopped } from "./lifecycle";

const log = logFor("worker");
const {
  DATABASE_URL,
  MQTT_URL,
  MQTT_USERNAME,
  MQTT_PASSWORD,
  MQTT_COMMAND_QOS,
  MQTT_CLIENT_ID,
  EMBEDDED_BROKER,
  CRON_SECRET,
  INTERNAL_URL,
} = env();
if (!MQTT_URL) throw new Error("Set MQTT_URL to the broker's address, e.g. mqtts://broker.example:8883");

const db = openDatabase({ url: DATABASE_URL, poolSize: 3 });
const account = { username: MQTT_USERNAME, password: MQTT_PASSWORD };
// The embedded broker stores messages itself before it acknowledges them; only a foreign one needs the bridge.
const ingest = EMBEDDED_BROKER ? undefined : connectService(MQTT_URL, { ...account, clientId: MQTT_CLIENT_ID, clean: false });
const bridge = ingest && startBridge(db, ingest);
const beat = ingest && startReceptionBeat(db, () => ingest.connected);
const downlink = connectService(MQTT_URL, { ...account, clientId: `${MQTT_CLIENT_ID}-down-${randomUUID().slice(0, 8)}`, clean: true });
const publisher = new CommandPublisher(db, downlink, MQTT_COMMAND_QOS === 1 ? 1 : 2);
const clock = new Clock({ baseUrl: INTERNAL_URL, secret: CRON_SECRET });
log.info({ bridge: bridge !== undefined }, "worker is ready");

runUntilStopped(async () => {
  clock.stop();
  beat?.stop();
  await publisher.stop();
  await downlink.endAsync();
  await ingest?.endAsync();
  await bridge?.stop();
  await db.$disconnect();
});
