import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { TurnQueue } from "./turn-queue";

/** PGlite multiplexes its one session over this many sockets: web 4, worker 3, broker 2, one for tools. */
const MAX_CONNECTIONS = 10;
/** `sun_path` holds 108 bytes on Linux and 104 on macOS, terminator included. */
const MAX_SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = ".s.PGSQL.5432";

export interface EmbeddedDatabase {
  url: string;
  /** Writes a checkpoint, and runs `work` while no transaction is open and nobody is served: the files stand still. */
  atRest<T>(work: () => Promise<T>): Promise<T>;
  /** Stops accepting, writes a checkpoint, closes. */
  stop(): Promise<void>;
}

/** Where the socket of a data folder lives: inside it, or in a private temporary folder when the path is too long. */
export async function chooseSocketFolder(dataFolder: string): Promise<string> {
  const inside = path.resolve(dataFolder, "socket");
  if (Buffer.byteLength(path.join(inside, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    await chmod(inside, 0o700);
    return inside;
  }
  return mkdtemp(path.join(tmpdir(), "smart-dairy-"));
}

/** The socket itself, in its folder. */
export function socketFileOf(socketFolder: string): string {
  return path.join(socketFolder, SOCKET_NAME);
}

/** The URL under which a socket folder is reached by any PostgreSQL client. */
export function socketUrl(socketFolder: string): string {
  return `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(socketFolder)}`;
}

/**
 * Runs PostgreSQL inside this process (PGlite) and serves it on a unix socket in a folder that only this user may open.
 * @param dataFolder where the cluster lives; `undefined` keeps it in memory (tests)
 */
export async function serveEmbeddedDatabase(options: {
  dataFolder?: string;
  socketFolder: string;
  snapshot?: Blob;
}): Promise<EmbeddedDatabase> {
  if (options.dataFolder) await mkdir(options.dataFolder, { recursive: true, mode: 0o700 });
  const db = await PGlite.create({ dataDir: options.dataFolder, loadDataDir: options.snapshot });
  const socket = path.join(options.socketFolder, SOCKET_NAME);
  // A socket file left by a killed process refuses the bind; the data folder's lock proves that nobody uses it.
  await rm(socket, { force: true });
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: MAX_CONNECTIONS });
  const queue = new TurnQueue(db);
  (server as unknown as { queryQueue: TurnQueue }).queryQueue = queue;
  await server.start();
  await chmod(socket, 0o600);
  return {
    url: socketUrl(options.socketFolder),
    atRest: (work) =>
      queue.exclusively(async () => {
        await db.exec("CHECKPOINT");
        return work();
      }),
    async stop() {
      await server.stop();
      if (options.dataFolder) await db.exec("CHECKPOINT");
      await db.close();
      await rm(socket, { force: true });
    },
  };
}
