import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { serveEmbeddedDatabase } from "./serve";
import { vacuumDue } from "./vacuum";

test("tables that have changed much are vacuumed and analysed, others are left alone", async () => {
  const socketFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-vacuum-"));
  const database = await serveEmbeddedDatabase({ socketFolder });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await vacuumDue(database.url);
    await client.query("CREATE TABLE busy AS SELECT n FROM generate_series(1, 2000) AS n");
    await client.query("CREATE TABLE calm AS SELECT n FROM generate_series(1, 20) AS n");
    expect(await vacuumDue(database.url)).toEqual(["public.busy"]);
    await client.query("UPDATE busy SET n = n + 1 WHERE n <= 600");
    expect(await vacuumDue(database.url)).toEqual(["public.busy"]);
    const { rows } = await client.query(
      "SELECT c.reltuples AS known, s.n_dead_tup::int AS dead FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid WHERE s.relname = 'busy'",
    );
    expect(rows).toEqual([{ known: 2_000, dead: 0 }]);
    expect(await vacuumDue(database.url)).toEqual([]);
  } finally {
    await client.end();
    await database.stop();
    await rm(socketFolder, { recursive: true, force: true });
  }
});
