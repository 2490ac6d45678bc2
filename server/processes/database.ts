import path from "node:path";
import { serveEmbeddedDatabase } from "@/server/db/embedded/serve";
import { vacuumDue } from "@/server/db/embedded/vacuum";
import { env } from "@/server/env";
import { logFor } from "@/server/log";
import { runUntilStopped } from "./lifecycle";
import { CLUSTER, newSnapshotFolder, removeSnapshots, snapshotInto } from "./snapshot";
import { serveSnapshots } from "./snapshot-server";

const log = logFor("database");

const VACUUM_EVERY_MS = 60_000;

// The embedded PostgreSQL, alone in its process: a query that keeps the engine busy blocks nobody else's event loop.
const socketFolder = env().DATABASE_SOCKET_FOLDER;
if (!socketFolder) throw new Error("DATABASE_SOCKET_FOLDER is not set; this process is started by the supervisor");
const dataFolder = path.resolve(env().DATA_DIR);
await removeSnapshots(dataFolder);
const database = await serveEmbeddedDatabase({ dataFolder: path.join(dataFolder, CLUSTER), socketFolder });
const snapshots = await serveSnapshots(socketFolder, async () => {
  const folder = newSnapshotFolder(dataFolder);
  await database.atRest(() => snapshotInto(dataFolder, folder));
  return folder;
});
log.info("embedded PostgreSQL is ready");
const vacuuming = setInterval(() => {
  vacuumDue(database.url).then(
    (tables) => tables.length > 0 && log.debug({ tables }, "vacuumed"),
    (error: unknown) => log.warn({ err: error }, "tables could not be vacuumed; trying again in a minute"),
  );
}, VACUUM_EVERY_MS);
runUntilStopped(async () => {
  clearInterval(vacuuming);
  await snapshots.stop();
  await database.stop();
});
