import { describe, expect, test } from "vitest";
import { runJob } from "@/server/jobs/run-job";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { withLease } from "./with-lease";

const database = useTestDatabase();
const BUSY = { code: "conflict" };

async function expire(name: string): Promise<void> {
  await database.db.$executeRaw`UPDATE lease SET expires_at = now() - interval '1 second' WHERE name = ${name}`;
}

describe("a lease", () => {
  test("of twenty at once one works; later runs get higher epochs", async () => {
    // The one that works does so until all others were told no, however slow the machine is.
    let release: () => void;
    const allRefused = new Promise<void>((resolve) => (release = resolve));
    let refused = 0;
    const attempts = Array.from({ length: 20 }, () =>
      withLease(database.db, "one", 60, async (epoch) => {
        await allRefused;
        return epoch;
      }).catch((error: unknown) => {
        if (++refused === 19) release();
        throw error;
      }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject(BUSY);
    const work = (epoch: bigint) => Promise.resolve(epoch);
    expect(await withLease(database.db, "one", 60, work)).toBe(2n);
    expect(await withLease(database.db, "one", 60, work)).toBe(3n);
  });

  test("other names are not in the way", async () => {
    await withLease(database.db, "outer", 60, () => withLease(database.db, "inner", 60, () => Promise.resolve()));
  });

  test("is given back when the work fails", async () => {
    await expect(withLease(database.db, "failing", 60, () => Promise.reject(new Error("work failed")))).rejects.toThrow("work failed");
    expect(await withLease(database.db, "failing", 60, (epoch) => Promise.resolve(epoch))).toBe(2n);
  });

  test("of somebody who died is taken over when it runs out; the dead one, come back, does not end it", async () => {
    await withLease(database.db, "takeover", 60, async () => {
      await expect(withLease(database.db, "takeover", 60, () => Promise.resolve())).rejects.toMatchObject(BUSY);
      await expire("takeover");
      await database.db
        .$executeRaw`UPDATE lease SET owner = 'the next one', epoch = epoch + 1, expires_at = now() + interval '60 seconds' WHERE name = 'takeover'`;
    });
    await expect(withLease(database.db, "takeover", 60, () => Promise.resolve())).rejects.toMatchObject(BUSY);
    await expire("takeover");
    expect(await withLease(database.db, "takeover", 60, (epoch) => Promise.resolve(epoch))).toBe(3n);
  });
});

describe("scheduled jobs", () => {
  test.each(["", "nope", "__proto__", "constructor", "toString"])("%j is none", async (name) => {
    await expect(runJob(database.db, name)).rejects.toMatchObject({ code: "not_found" });
  });

  test("housekeeping forgets what has served its time and keeps the rest", async () => {
    const { id } = await testPerson(database.db);
    const [past, future] = [new Date(Date.now() - 1000), new Date(Date.now() + 60_000)];
    for (const expiresAt of [past, future]) {
      await database.db.session.create({ data: { userId: id, token: expiresAt.toISOString(), expiresAt } });
      await database.db.sealedAnswer.create({
        data: { keyHash: Buffer.from(expiresAt.toISOString()), sealed: Buffer.alloc(1), expiresAt },
      });
    }
    expect(await runJob(database.db, "housekeeping")).toMatchObject({ answers: 1, sessions: 1 });
    expect([await database.db.session.count(), await database.db.sealedAnswer.count()]).toEqual([1, 1]);
  });

  test("health runs, and not twice at once", async () => {
    expect(await runJob(database.db, "health")).toEqual({ changed: 0, raised: 0, resolved: 0 });
    expect(await database.db.jobRun.findUniqueOrThrow({ where: { name: "health" } })).toMatchObject({
      counts: { changed: 0, raised: 0, resolved: 0 },
      error: null,
      runs: 1n,
      failures: 0n,
    });
    await withLease(database.db, "job:health", 60, () => expect(runJob(database.db, "health")).rejects.toMatchObject(BUSY));
  });
});

describe("a rate limit", () => {
  const use = (key: string, max = 3) => consumeRateLimit(database.db, { key, max, windowSeconds: 60 });

  test("lets through exactly as many as it says, at once or one by one, for each key alone", async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => use("a")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(3);
    await expect(use("a")).rejects.toMatchObject({ code: "rate_limited" });
    await expect(use("b")).resolves.toMatchObject({ limit: 3, remaining: 2 });
  });

  test("says how long to wait, and opens again when the window ends", async () => {
    for (const remaining of [2, 1, 0]) expect(await use("c")).toMatchObject({ remaining });
    const refusal: unknown = await use("c").catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "rate_limited",
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 50 && seconds <= 60) as number,
    });
    await database.db.$executeRaw`UPDATE rate_limit SET last_request = last_request - 60000 WHERE key = 'c'`;
    await expect(use("c")).resolves.toMatchObject({ remaining: 2 });
  });
});
