import { beforeEach, describe, expect, test } from "vitest";
import { testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { DatabaseLink } from "@/server/testing/database-link";
import { openDatabase, type Transaction } from "./client";
import { inTransaction } from "./in-transaction";

const database = useTestDatabase();

beforeEach(() => database.db.farm.deleteMany());

const farm = (code: string) => ({ code, name: code, timeZone: "UTC" });

describe("a transaction that loses to another", () => {
  test.each([
    ["through Prisma", (tx: Transaction, code: string) => tx.farm.create({ data: farm(code) })],
    [
      "in raw SQL",
      (tx: Transaction, code: string) =>
        tx.$executeRaw`INSERT INTO farm (id, code, name, time_zone, updated_at) VALUES (gen_random_uuid(), ${code}, 'x', 'UTC', now())`,
    ],
  ])("is run once more when a unique value was taken %s", async (_, takeAgain) => {
    await testFarm(database.db, { code: "NORD" });
    let runs = 0;
    const work = inTransaction(database.db, async (tx) => {
      runs += 1;
      await takeAgain(tx, runs === 1 ? "NORD" : "MOOR");
      return runs;
    });
    expect(await work).toBe(2);
    expect(await database.db.farm.count()).toBe(2);
  });

  test("is not run a third time", async () => {
    await testFarm(database.db, { code: "NORD" });
    let runs = 0;
    const work = inTransaction(database.db, (tx) => {
      runs += 1;
      return tx.farm.create({ data: farm("NORD") });
    });
    await expect(work).rejects.toMatchObject({ code: "P2002" });
    expect(runs).toBe(2);
  });

  test.each([
    ["a refusal of ours", () => Promise.reject(new Error("refused"))],
    ["a row that is not there", (tx: Transaction) => tx.farm.findUniqueOrThrow({ where: { code: "GONE" } })],
    ["SQL that is wrong", (tx: Transaction) => tx.$queryRaw`SELECT nonsense`],
  ])("%s is not tried again", async (_, fail) => {
    let runs = 0;
    const work = inTransaction(database.db, async (tx) => {
      runs += 1;
      await fail(tx);
    });
    await expect(work).rejects.toThrow();
    expect(runs).toBe(1);
  });

  test("leaves nothing of its first run behind", async () => {
    await testFarm(database.db, { code: "NORD" });
    let runs = 0;
    await inTransaction(database.db, async (tx) => {
      runs += 1;
      await tx.farm.create({ data: farm(`RUN${runs}`) });
      if (runs === 1) await tx.farm.create({ data: farm("NORD") });
    });
    expect((await database.db.farm.findMany({ orderBy: { code: "asc" }, select: { code: true } })).map(({ code }) => code)).toEqual([
      "NORD",
      "RUN2",
    ]);
  });
});

describe("a database that goes away", () => {
  test("fails what is under way with an error, and serves again when it is back, with the same pool", async () => {
    const link = await DatabaseLink.open(database.url);
    const db = openDatabase({ url: link.url, poolSize: 2, patienceMs: 1_000 });
    try {
      const underway = db.$transaction(async (tx) => {
        await tx.farm.create({ data: farm("LOST") });
        link.block();
        await tx.farm.create({ data: farm("LOST2") });
      });
      await expect(underway).rejects.toThrow();
      await expect(db.farm.count()).rejects.toThrow();
      link.unblock();
      expect(await db.farm.count()).toBe(0);
    } finally {
      await db.$disconnect();
      await link.close();
    }
  });
});
