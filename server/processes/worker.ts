import { randomUUID } from "node:crypto";
import { openDatabase } from "@/server/db/client";
import { env } from "@/server/env";
import { Clock } from "@/server/jobs/clock";
import { logFor } from "@/server/log";
import { startBridge } from "@/server/mqtt/bridge";
import { connectService, watchConnection } from "@/server/mqtt/connect-service";
import { startReceptionBeat } from "@/server/mqtt/reception-beat";
import { CommandPublisher } from "@/server/mqtt/publisher";
import { watchSys } from "@/server/mqtt/watch-sys";
import { runUntilStopped } from "./lifecycle";
import { startProcessBeat } from "./process-beat";

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
const sys =
  ingest && watchSys(connectService(MQTT_URL, { ...account, clientId: `${MQTT_CLIENT_ID}-sys-${randomUUID().slice(0, 8)}`, clean: true }));
const [ingestSince, downlinkSince] = [ingest && watchConnection(ingest), watchConnection(downlink)];
const { protocol, host } = new URL(MQTT_URL);
const life = await startProcessBeat(db, {
  kind: "worker",
  id: MQTT_CLIENT_ID,
  facts: () => ({
    isEmbedded: EMBEDDED_BROKER,
    address: `${protocol}//${host}`,
    connectedSince: downlinkSince(),
    sentPerMinute: publisher.sentPerMinute(),
    bridge:
      bridge && ingestSince && sys
        ? {
            connectedSince: ingestSince(),
            receivedPerMinute: bridge.receivedPerMinute(),
            subscriptions: bridge.subscriptions(),
            sys: sys.facts(),
          }
        : null,
  }),
});
const clock = new Clock({ baseUrl: INTERNAL_URL, secret: CRON_SECRET });
log.info({ bridge: bridge !== undefined }, "worker is ready");

runUntilStopped(async () => {
  clock.stop();
  beat?.stop();
  await publisher.stop();
  await sys?.stop();
  await downlink.endAsync();
  await ingest?.endAsync();
  await bridge?.stop();
  await life.stop();
  await db.$disconnect();
});
