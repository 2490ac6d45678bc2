import { createServer, type IncomingMessage } from "node:http";
import next from "next";
import { database } from "@/server/db/connection";
import { env } from "@/server/env";
import { ADDRESS_HEADER, callerAddress } from "@/server/http/request-info";
import { isFirmwareDownload, sendFirmware } from "@/server/http/send-firmware";
import { logFor } from "@/server/log";
import { ensureSigningKey } from "@/server/services/firmware/signing-keys";
import { restImports } from "@/server/services/imports/work-on-imports";
import { runUntilStopped } from "./lifecycle";

const log = logFor("web");
const { HOST, PORT, NODE_ENV, TRUSTED_PROXY } = env();
const GRACE_MS = 5_000;

// Our own server around Next: it alone sees the socket, and so who is really calling.
const app = next({ dev: NODE_ENV === "development", hostname: HOST, port: PORT, dir: process.cwd() });
await app.prepare();
const handle = app.getRequestHandler();
const upgrade = app.getUpgradeHandler();

const server = createServer((request, response) => {
  stampAddress(request);
  if (isFirmwareDownload(request)) void sendFirmware(request, response);
  else void handle(request, response);
});
server.on("upgrade", (request, socket, head) => {
  stampAddress(request);
  void upgrade(request, socket, head);
});
await new Promise<void>((resolve, reject) => {
  server.once("error", reject);
  server.listen(PORT, HOST, resolve);
});
log.info({ host: HOST, port: PORT }, "web is ready");
// On the first start; while the database is away, whoever needs the key makes it later.
ensureSigningKey(database()).catch((error: unknown) => log.warn({ err: error }, "the firmware signing key could not be looked up"));

/** Replaces whatever a client claims about its own address. */
function stampAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = callerAddress(request, TRUSTED_PROXY);
}

runUntilStopped(async () => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await restImports();
  // Live streams never end by themselves.
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  await closed;
  await app.close();
});
