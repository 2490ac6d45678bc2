import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { socketUrl } from "@/server/db/embedded/serve";
import { migrate } from "@/server/db/migrate";
import { startProcess } from "./process";

/** A migrated, empty database for one run: the embedded one, or a new one on the server of DATABASE_URL. */
export async function benchDatabase(): Promise<{ name: string; url: string; stop(): Promise<void> }> {
  const server = process.env.DATABASE_URL;
  const served = server ? await createOnServer(server) : await serveEmbedded();
  await migrate(served.url, "prisma/migrations");
  return served;
}

/** In a process of its own, as the supervisor runs it. */
async function serveEmbedded() {
  const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-bench-"));
  const process = await startProcess("server/processes/database.ts", { DATA_DIR: folder, DATABASE_SOCKET_FOLDER: folder });
  return {
    name: "embedded PostgreSQL (PGlite)",
    url: socketUrl(folder),
    async stop() {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createOnServer(server: string) {
  const database = `smart_dairy_bench_${process.pid}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${database}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { name: "PostgreSQL server", url: url.href, stop: () => run(`DROP DATABASE ${database} WITH (FORCE)`) };
}
