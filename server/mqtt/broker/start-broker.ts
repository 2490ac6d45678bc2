import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";
import type { Database } from "@/server/db/client";
import type { BrokerFacts } from "@/server/domain/system/process-facts";
import { logFor } from "@/server/log";
import { MinuteMeter } from "../minute-meter";
import { MAX_PAYLOAD_BYTES } from "../payloads";
import { CHANNELS, devicePublishRefusal, deviceSubscribeRefusal, parseTopic, type UplinkChannel } from "../topics";
import { parseUplink } from "../parse-uplink";
import { UplinkBatcher } from "../uplink-batcher";
import { GuardedStream, type MessageRate } from "./guarded-stream";
import { LoginGate } from "./login-gate";
import { SessionWatch, type DeviceSession } from "./session-watch";

const log = logFor("broker");

const SERVER_UNAVAILABLE = 3;
const BAD_USER_NAME_OR_PASSWORD = 4;
const DRAIN_TIMEOUT_MS = 12_000;

export interface BrokerOptions {
  db: Database;
  host: string;
  port: number;
  webSocketPort: number;
  service: { username: string; password: string };
  maxConnections?: number;
  rate?: MessageRate;
}

export interface RunningBroker {
  port: number;
  webSocketPort: number;
  connectedDevices(): number;
  facts(): BrokerFacts;
  stop(): Promise<void>;
}

/** Who is behind a connection, once it is let in. */
type Identity = { role: "service" } | { role: "device"; session: DeviceSession };

/**
 * The embedded MQTT 3.1.1 broker. It differs from a general one in two ways: it lets in only what our credential store
 * knows, and it acknowledges a device's message after the database has committed it (docs/decisions/003) — aedes calls
 * `authorizePublish` before PUBACK, so that hook is where messages are stored.
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { db, maxConnections = 20_000, rate = { perSecond: 20, burst: 100 } } = options;
  const gate = new LoginGate(db, options.service);
  const watch = new SessionWatch(db);
  const batcher = new UplinkBatcher(db);
  const identities = new WeakMap<Client, Identity>();
  const received = new MinuteMeter();
  const sent = new MinuteMeter();
  let services = 0;
  let stopping = false;

  const aedes = await Aedes.createBroker({
    connectTimeout: 10_000,
    drainTimeout: DRAIN_TIMEOUT_MS,
    maxClientsIdLength: 64,
    maxTopicLevels: 8,
    queueLimit: 42,
    preConnect(_client, packet, done) {
      // State lives in the database; a session kept here would only queue commands that the outbox sends anyway.
      packet.clean = true;
      // Without an error aedes would leave the refused connection open.
      if (stopping) done(new Error("the broker is stopping"), false);
      else done(null, true);
    },
    authenticate(client, username, password, done) {
      const address = addressOf(client);
      void gate.decide({ clientId: client.id, username, password, address }).then((result) => {
        if (!result.allowed) {
          log.warn({ address, clientId: client.id.slice(0, 64), username: username?.slice(0, 64) }, `connection refused: ${result.reason}`);
          done(loginError(result.temporary ? SERVER_UNAVAILABLE : BAD_USER_NAME_OR_PASSWORD), false);
          return;
        }
        identities.set(client, result.role === "service" ? { role: "service" } : { role: "device", session: openSession(client, result) });
        const stream = client.conn as GuardedStream;
        stream.accepted = true;
        stream.limited = result.role === "device";
        done(null, true);
      });
    },
    authorizeSubscribe(client, subscription, done) {
      const identity = identities.get(client);
      const refusal =
        identity?.role === "device" ? deviceSubscribeRefusal(client.id, subscription.topic) : "the server needs no subscription here";
      if (!refusal) return done(null, subscription);
      log.warn({ deviceId: client.id, topic: subscription.topic.slice(0, 200) }, `subscription refused: ${refusal}`);
      done(null, null);
    },
    authorizePublish(client, packet, done) {
      const identity = client && identities.get(client);
      if (!client || !identity) return done(new Error("unknown publisher"));
      const refusal =
        identity.role === "device" ? devicePublishRefusal(client.id, packet.topic, packet.retain) : servicePublishRefusal(packet.topic);
      const payload = Buffer.from(packet.payload);
      if (refusal) {
        log.warn({ deviceId: client.id, topic: packet.topic.slice(0, 200) }, `connection closed: ${refusal}`);
        if (identity.role === "device")
          void store(invalidUplink(client.id, `published to ${packet.topic.slice(0, 100)}: ${refusal}`, payload.length));
        return done(new Error(refusal));
      }
      if (identity.role === "service") {
        sent.add();
        return done(null);
      }
      // While the broker stops, every client's will fires; the devices are not gone, they will reconnect.
      if (stopping) return done(new Error("the broker is stopping"));
      received.add();
      const channel = parseTopic(packet.topic)?.channel as UplinkChannel;
      const stored = store(parseUplink(client.id, channel, payload, new Date()));
      if (packet.qos === 0) return done(null);
      void stored.then((isStored) => done(isStored ? null : new Error("not stored")));
    },
  });
  // Subscriptions exist only on downlink topics, so nothing else needs to be kept from being forwarded.

  async function store(message: Parameters<UplinkBatcher["add"]>[0]): Promise<boolean> {
    try {
      await batcher.add(message);
      return true;
    } catch {
      return false;
    }
  }

  function openSession(client: Client, login: { credentialId: string; validUntil: Date | null }): DeviceSession {
    return { deviceId: client.id, credentialId: login.credentialId, validUntil: login.validUntil, close: () => client.close() };
  }

  aedes.on("clientReady", (client) => {
    const identity = identities.get(client);
    if (identity?.role === "device") watch.add(identity.session);
    else services++;
  });
  aedes.on("clientDisconnect", (client) => {
    const identity = identities.get(client);
    if (identity?.role === "device") watch.remove(identity.session);
    else if (identity) services--;
  });
  aedes.on("clientError", (client, error) => log.debug({ deviceId: client.id, err: error }, "connection error"));
  aedes.on("connectionError", (client, error) => log.debug({ address: addressOf(client), err: error }, "connection error before CONNECT"));

  const streams = new Set<GuardedStream>();
  function handle(connection: Duplex, address: string): void {
    if (streams.size >= maxConnections) {
      log.warn({ address, maxConnections }, "connection refused: the broker is full");
      connection.on("error", () => undefined);
      connection.destroy();
      return;
    }
    const stream = new GuardedStream(connection, address, rate);
    streams.add(stream);
    stream.once("close", () => streams.delete(stream));
    aedes.handle(stream);
  }
  const tcp = createServer((socket) => {
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    handle(socket, socket.remoteAddress ?? "unknown");
  });
  const http = createHttpServer((_request, response) => response.writeHead(426).end("MQTT over WebSocket only"));
  const webSockets = new WebSocketServer({
    server: http,
    maxPayload: MAX_PAYLOAD_BYTES + 1024,
    handleProtocols: (protocols) => (protocols.has("mqtt") ? "mqtt" : false),
  });
  webSockets.on("connection", (socket, request) => handle(createWebSocketStream(socket), request.socket.remoteAddress ?? "unknown"));

  const port = await listen(tcp, options.port, options.host);
  const webSocketPort = await listen(http, options.webSocketPort, options.host);
  return {
    port,
    webSocketPort,
    connectedDevices: () => watch.count,
    facts: () => ({ devices: watch.count, services, receivedPerMinute: received.perMinute(), sentPerMinute: sent.perMinute() }),
    async stop() {
      stopping = true;
      watch.stop();
      const closed = [closeServer(tcp), closeServer(http)];
      await Promise.all([batcher.drain(), new Promise<void>((resolve) => aedes.close(resolve))]);
      // Connections that have not said CONNECT yet are unknown to aedes.
      for (const stream of streams) stream.destroy();
      await Promise.all(closed);
    },
  };
}

function invalidUplink(deviceId: string, reason: string, bytes: number) {
  return { deviceId, uplink: { receivedAt: new Date(), bytes, kind: "invalid" as const, reason } };
}

/** The service account only sends what devices subscribe to. */
function servicePublishRefusal(topic: string): string | undefined {
  const parsed = parseTopic(topic);
  return parsed && CHANNELS[parsed.channel].direction === "down" ? undefined : "the service may publish commands and configuration only";
}

function loginError(returnCode: number): AuthenticateError {
  return Object.assign(new Error("connection refused"), { returnCode });
}

function addressOf(client: Client): string {
  return client.conn instanceof GuardedStream ? client.conn.address : "unknown";
}

async function listen(server: Server | HttpServer, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function closeServer(server: Server | HttpServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
