import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chooseSocketFolder, serveEmbeddedDatabase, type EmbeddedDatabase } from "./serve";

let folder: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-test-"));
  database = await serveEmbeddedDatabase({ socketFolder: folder });
  await query("CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)");
});

afterAll(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => query("DELETE FROM account"));

async function open(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await open();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function query(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return withClient(async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows);
}

describe("many clients of one session", () => {
  test("extended queries of eight connections do not disturb each other", async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, client) =>
        withClient(async (connection) => {
          for (let round = 0; round < 50; round++) {
            const { rows } = await connection.query<{ a: number; b: string }>("SELECT $1::int AS a, $2::text AS b", [
              client * 1_000 + round,
              `c${client}`,
            ]);
            expect(rows).toEqual([{ a: client * 1_000 + round, b: `c${client}` }]);
          }
        }),
      ),
    );
  });

  test("named statements of two connections with one name stay apart", async () => {
    const [a, b] = [await open(), await open()];
    for (let round = 0; round < 5; round++) {
      const results = await Promise.all([
        a.query<{ n: number }>({ name: "same_a", text: "SELECT 1 AS n" }),
        b.query<{ n: number }>({ name: "same_b", text: "SELECT 2 AS n" }),
      ]);
      expect(results.map((result) => result.rows[0]?.n)).toEqual([1, 2]);
    }
    await Promise.all([a.end(), b.end()]);
  });

  test("a transaction sees only itself and loses no update", async () => {
    await query("INSERT INTO account VALUES (1, 0)");
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withClient(async (client) => {
          for (let round = 0; round < 10; round++) {
            await client.query("BEGIN");
            const { rows } = await client.query<{ balance: number }>("SELECT balance FROM account WHERE id = $1", [1]);
            await sleep(1);
            await client.query("UPDATE account SET balance = $1 WHERE id = 1", [rows[0]!.balance + 1]);
            await client.query("COMMIT");
          }
        }),
      ),
    );
    expect(await query("SELECT balance FROM account")).toEqual([{ balance: 80 }]);
  });

  test("an error ends nobody's queue, also inside a transaction", async () => {
    const broken = await open();
    await expect(broken.query("SELECT nonsense")).rejects.toThrow(/nonsense/);
    await expect(broken.query("SELECT $1::int", ["x"])).rejects.toThrow(/invalid input syntax/);
    expect(await query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await broken.query("BEGIN");
    await expect(broken.query("INSERT INTO account VALUES (1, NULL)")).rejects.toThrow(/not-null/);
    await expect(broken.query("SELECT 1")).rejects.toThrow(/aborted/);
    const waiting = query("SELECT 2 AS two");
    await broken.query("ROLLBACK");
    expect(await waiting).toEqual([{ two: 2 }]);
    await broken.end();
  });

  test("a client that dies inside a transaction is rolled back, and the next one is served", async () => {
    const dying = await open();
    await dying.query("BEGIN");
    await dying.query("INSERT INTO account VALUES ($1, $2)", [7, 7]);
    const waiting = query("SELECT count(*)::int AS count FROM account");
    await sleep(100);
    (dying as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect(await waiting).toEqual([{ count: 0 }]);
  });

  test("a client that dies while it waits is forgotten", async () => {
    const [holder, waiting] = [await open(), await open()];
    await holder.query("BEGIN");
    const lost = waiting.query("INSERT INTO account VALUES (9, 9)").catch((error: unknown) => error);
    await sleep(100);
    (waiting as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect(await lost).toBeInstanceOf(Error);
    await holder.query("COMMIT");
    await holder.end();
    expect(await query("SELECT count(*)::int AS count FROM account")).toEqual([{ count: 0 }]);
  });

  test("a client that sleeps inside a transaction while others wait is cut off", { timeout: 60_000 }, async () => {
    const sleeper = await open();
    await sleeper.query("BEGIN");
    await sleeper.query("INSERT INTO account VALUES (5, 5)");
    const start = performance.now();
    expect(await query("SELECT count(*)::int AS count FROM account")).toEqual([{ count: 0 }]);
    expect(performance.now() - start).toBeGreaterThan(14_000);
    await expect(sleeper.query("COMMIT")).rejects.toThrow();
  });
});

describe("where the socket lives", () => {
  test("inside the data folder, private, or in a temporary folder when the path is too long", async () => {
    const data = await mkdtemp(path.join(tmpdir(), "d-"));
    expect(await chooseSocketFolder(data)).toBe(path.join(data, "socket"));
    const deep = path.join(data, "x".repeat(90));
    const elsewhere = await chooseSocketFolder(deep);
    expect(elsewhere.startsWith(deep)).toBe(false);
    await Promise.all([data, elsewhere].map((made) => rm(made, { recursive: true, force: true })));
  });

  test("data survives a stop", { timeout: 60_000 }, async () => {
    const data = await mkdtemp(path.join(tmpdir(), "d-"));
    const runOn = async (sql: string) => {
      const served = await serveEmbeddedDatabase({ dataFolder: path.join(data, "postgres"), socketFolder: data });
      const client = new pg.Client({ connectionString: served.url });
      await client.connect();
      const { rows } = await client.query<{ n: number }>(sql);
      await client.end();
      await served.stop();
      return rows;
    };
    await runOn("CREATE TABLE kept AS SELECT 42 AS n");
    expect(await runOn("SELECT n FROM kept")).toEqual([{ n: 42 }]);
    await rm(data, { recursive: true, force: true });
  });
});
