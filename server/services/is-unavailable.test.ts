import { afterEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "@/server/testing/database";
import { openDatabase, type Database } from "@/server/db/client";
import { isUnavailable } from "./is-unavailable";

const database = useTestDatabase();
let db: Database;

afterEach(() => db.$disconnect());

const isSo = (work: Promise<unknown>) => work.then(() => "no error", isUnavailable);

describe("the database is not available for now", () => {
  test("when nobody listens", async () => {
    db = openDatabase({ url: "postgresql://nobody:none@127.0.0.1:1/none", poolSize: 1, patienceMs: 300 });
    expect(await isSo(db.farm.count())).toBe(true);
    expect(await isSo(db.$queryRaw`SELECT 1`)).toBe(true);
    expect(await isSo(db.$transaction((tx) => tx.farm.count()))).toBe(true);
  });

  test("when every connection is taken for too long", async () => {
    db = openDatabase({ url: database.url, poolSize: 1, patienceMs: 1_000 });
    await db.$queryRaw`SELECT 1`;
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let holding: Promise<void> | undefined;
    await new Promise<void>((isHeld) => {
      holding = db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        isHeld();
        await released;
      });
    });
    expect(await isSo(db.$queryRaw`SELECT 1`)).toBe(true);
    expect(await isSo(db.$transaction((tx) => tx.farm.count()))).toBe(true);
    release();
    await holding;
  });

  test("but a refusal of the statement itself is none", async () => {
    db = openDatabase({ url: database.url, poolSize: 1 });
    expect(await isSo(db.$queryRaw`SELECT no_such_column`)).toBe(false);
    expect(await isSo(db.farm.update({ where: { code: "NOBODY" }, data: { name: "x" } }))).toBe(false);
    expect(isUnavailable(undefined)).toBe(false);
  });
});
