import { once } from "node:events";
import { connectAsync, type MqttClient } from "mqtt";
import type { Database } from "@/server/db/client";
import { connectService } from "@/server/mqtt/connect-service";
import { CommandPublisher } from "@/server/mqtt/publisher";
import { hashSecret } from "@/server/services/provisioning/secret";
import { signedDelivery } from "@/server/services/rollouts/delivery";
import { tickRollouts } from "@/server/services/rollouts/tick/tick-rollouts";
import { median, table, timeOf } from "./measure";
import { freePort, startProcess, startScript } from "./process";
import { OPEN_STAGE, type RolloutFleet } from "./rollout-fleet";

const ACCOUNT = { username: "smartdairy-service", password: "service-password-of-the-bench" };
const SECRET = "secret-of-every-device-of-the-bench";
const QOS = 2;
/** As the publisher of commands. */
const MOST_UNDER_WAY = 900;

type Until = (count: number) => Promise<void>;

/**
 * Telling a farm's devices of their update, out of the database, against a bare client that publishes the same messages
 * from memory to the same broker: until the broker has answered the last one while nobody listens, and until all devices
 * have theirs. Beside it what comes before: claiming the targets, signing their manifests and storing their commands.
 */
export async function benchDispatch(db: Database, url: string, fleet: RolloutFleet, runs: number): Promise<void> {
  const port = await freePort();
  const settings = { DATABASE_URL: url, MQTT_PASSWORD: ACCOUNT.password, PUBLIC_MQTT_PORT: String(port) };
  const broker = await startProcess("server/processes/broker.ts", settings);
  const address = `mqtt://127.0.0.1:${port}`;
  const ours = connectService(address, { ...ACCOUNT, clientId: "bench", clean: true });
  const bare = await connectAsync(address, { ...ACCOUNT, clientId: "bare", protocolVersion: 4 });
  const messages = record(ours);
  const farm = await db.farm.findFirstOrThrow({ orderBy: { code: "asc" } });
  const deviceIds = (await db.device.findMany({ where: { farmId: farm.id }, select: { deviceId: true } })).map(({ deviceId }) => deviceId);

  const rows: (string | number)[][] = [];
  const compare = async (what: string, until: (client: MqttClient) => Until) => {
    const times: Record<"ours" | "claimed" | "bare", number[]> = { ours: [], claimed: [], bare: [] };
    for (let run = 0; run <= runs; run++) {
      await fleet.clear();
      const policy = { maxInFlight: deviceIds.length, maxInFlightGroup: null, respectMilking: false };
      await fleet.rollOut({ filter: { farmIds: [farm.id] }, stages: [OPEN_STAGE], policy });
      const claimedMs = await timeOf(() => claimAll(db));
      let publisher: CommandPublisher | undefined;
      const ourMs = await timeOf(async () => {
        const isDone = until(ours)(deviceIds.length);
        publisher = new CommandPublisher(db, ours, QOS);
        await isDone;
      });
      await publisher?.stop();
      const bareMs = await timeOf(async () => {
        const isDone = until(bare)(deviceIds.length);
        publishAll(bare, [...messages]);
        await isDone;
      });
      if (process.env.VERBOSE) console.log(what, [ourMs, claimedMs, bareMs].map(Math.round));
      // The first is a warm-up.
      if (run === 0) continue;
      times.ours.push(ourMs);
      times.claimed.push(claimedMs);
      times.bare.push(bareMs);
    }
    const perSecond = (values: readonly number[]) => Math.round((deviceIds.length * 1000) / median(values));
    const ratio = (median(times.bare) / median(times.ours)).toFixed(2);
    rows.push([what, perSecond(times.ours), perSecond(times.bare), ratio, perSecond(times.claimed)]);
  };

  await compare("nobody listens, until the broker has answered", untilAnswered);
  const crowd = startScript("bench/crowd.ts", String(port), SECRET);
  await giveCredentials(db, farm.id);
  crowd.send(deviceIds);
  await once(crowd, "message");
  await compare("every device listens, until it has its command", () => (count) => untilArrived(crowd, count));
  crowd.disconnect();

  await Promise.all([ours.endAsync(true), bare.endAsync(true)]);
  await broker.stop();
  const head = [
    `${deviceIds.length.toLocaleString("en")} commands, QoS ${QOS}`,
    "dispatched a second",
    "bare client",
    "ratio",
    "signed and stored before",
  ];
  console.log(`${table(head, rows)}\n`);
}

async function giveCredentials(db: Database, farmId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO device_credential (id, device_key, secret_hash)
    SELECT gen_random_uuid(), id, ${Buffer.from(hashSecret(SECRET))} FROM device WHERE farm_id = ${farmId}::uuid`;
}

/** Tick after tick, without the clock's five seconds between them. */
async function claimAll(db: Database): Promise<void> {
  while ((await tickRollouts(db, new Date(), signedDelivery())).told > 0);
}

/** What a client publishes, by topic: a command sent again is the same message. */
function record(client: MqttClient): Map<string, string> {
  const messages = new Map<string, string>();
  const publish = client.publish.bind(client) as (...args: unknown[]) => MqttClient;
  Reflect.set(client, "publish", (topic: string, payload: string, ...rest: unknown[]) => {
    messages.set(topic, payload);
    return publish(topic, payload, ...rest);
  });
  return messages;
}

/** The broker has answered so many messages of this client to the end. */
function untilAnswered(client: MqttClient): Until {
  return (count) =>
    new Promise((resolve) => {
      let left = count;
      const onPacket = ({ cmd }: { cmd: string }) => {
        if (cmd !== "pubcomp" || --left > 0) return;
        client.off("packetreceive", onPacket);
        resolve();
      };
      client.on("packetreceive", onPacket);
    });
}

/** So many commands have arrived at the crowd. */
function untilArrived(crowd: ReturnType<typeof startScript>, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const onArrived = (arrived: number) => {
      left -= arrived;
      if (left > 0) return;
      crowd.off("message", onArrived);
      resolve();
    };
    crowd.on("message", onArrived);
  });
}

function publishAll(client: MqttClient, messages: readonly [string, string][]): void {
  let next = 0;
  const publishNext = () => {
    const message = messages[next++];
    if (message) client.publish(message[0], message[1], { qos: QOS }, publishNext);
  };
  for (let count = 0; count < MOST_UNDER_WAY; count++) publishNext();
}
