import { createServer } from "node:http";
import next from "next";
import { database } from "@/server/db/connection";
import { env } from "@/server/env";
import { guardRequest } from "@/server/http/guard-request";
import { logWhenAnswered } from "@/server/http/request-log";
import { isFirmwareDownload, sendFirmware } from "@/server/http/send-firmware";
import { logFor } from "@/server/log";
import { ensureSigningKey } from "@/server/services/firmware/signing-keys";
import { restImports } from "@/server/services/imports/work-on-imports";
import { runUntilStopped } from "./lifecycle";
import { startProcessBeat } from "./process-beat";

const log = logFor("web");
const { HOST, PORT, NODE_ENV, PUBLIC_URL, TRUSTED_PROXY } = env();
const GRACE_MS = 5_000;

// Our own server around Next: it alone sees the socket, and so who is really calling.
const app = next({ dev: NODE_ENV === "development", hostname: HOST, port: PORT, dir: process.cwd() });
await app.prepare();
const handle = app.getRequestHandler();

const policy = { publicUrl: PUBLIC_URL, isDevelopment: NODE_ENV === "development", hasTrustedProxy: TRUSTED_PROXY };
const server = createServer((request, response) => {
  if (!guardRequest(request, response, policy)) return;
  logWhenAnswered(request, response, log);
  if (isFirmwareDownload(request)) void sendFirmware(request, response);
  else void handle(request, response);
});
server.on("upgrade", (request, socket, head) => {
  // Only the development server speaks WebSocket.
  if (NODE_ENV !== "development") return void socket.destroy();
  void app.getUpgradeHandler()(request, socket, head);
});
await new Promise<void>((resolve, reject) => {
  server.once("error", reject);
  server.listen(PORT, HOST, resolve);
});
log.info({ host: HOST, port: PORT }, "web is ready");
const life = await startProcessBeat(database(), { kind: "web", id: String(PORT), facts: () => ({}) });
// On the first start; while the database is away, whoever needs the key makes it later.
ensureSigningKey(database()).catch((error: unknown) => log.warn({ err: error }, "the firmware signing key could not be looked up"));

runUntilStopped(async () => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await restImports();
  // Live streams never end by themselves.
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  await closed;
  await life.stop();
  await app.close();
});
