import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { UserActor } from "@/server/actor";
import { actorWith, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { announce } from "./announce";
import { liveFeed, type LiveChange } from "./live-feed";
import { pruneChanges, readChanges } from "./read-changes";

const database = useTestDatabase();
let north: string;
let moor: string;
let abort: AbortController;

beforeEach(async () => {
  north = (await testFarm(database.db)).id;
  moor = (await testFarm(database.db)).id;
  abort = new AbortController();
});

afterEach(() => abort.abort());

function tell(ids: string[], farmIds = [north]): Promise<void> {
  return database.db.$transaction((tx) => announce(tx, { topic: "devices", farmIds, ids }));
}

/** What a browser with this person's session has been told so far. */
function watch(actor: UserActor, currentActor = () => Promise.resolve<UserActor | undefined>(actor)): LiveChange[] {
  const seen: LiveChange[] = [];
  void (async () => {
    for await (const change of liveFeed(database.db).subscribe(actor, abort.signal, currentActor)) seen.push(change);
    seen.push({ topic: "ended" as never, ids: null });
  })();
  return seen;
}

const noActor = () => Promise.resolve(undefined);
const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000, interval: 20 });
const idsIn = (seen: LiveChange[]) => seen.flatMap((change) => change.ids ?? []);

describe("reading changes", () => {
  test("transactions that commit out of order, slowly and under load: nothing is lost", async () => {
    const announced: string[] = [];
    const received = new Set<bigint>();
    const names = new Set<string>();
    let { cursor } = await readChanges(database.db, undefined);
    let isWriting = true;
    const reader = (async () => {
      for (let isLast = false; !isLast;) {
        isLast = !isWriting;
        const read = await readChanges(database.db, cursor);
        cursor = read.cursor;
        for (const entry of read.entries) {
          received.add(entry.id);
          for (const id of entry.ids) names.add(id);
        }
        await sleep(5);
      }
    })();
    const write = async (name: string, holdMs: number) => {
      await database.db.$transaction(async (tx) => {
        await announce(tx, { topic: "devices", farmIds: [north], ids: [name] });
        await sleep(holdMs);
      });
      announced.push(name);
    };
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 4 }, (_, index) => write(`D${round}-${index}`, (3 - index) * 10)));
    }
    isWriting = false;
    await reader;
    expect([...names].sort()).toEqual([...announced].sort());
    expect(received.size).toBe(40);
  });

  test("what is rolled back was never announced", async () => {
    const { cursor } = await readChanges(database.db, undefined);
    const failing = database.db.$transaction(async (tx) => {
      await announce(tx, { topic: "devices", farmIds: [north], ids: ["GHOST"] });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await tell(["REAL"]);
    // Earlier changes may come again while anything on the server is still running; never one that was rolled back.
    const told = (await readChanges(database.db, cursor)).entries.flatMap((entry) => entry.ids);
    expect(told).toContain("REAL");
    expect(told).not.toContain("GHOST");
  });

  test("old changes are forgotten, fresh ones are not", async () => {
    await database.db.changeFeed.deleteMany();
    await tell(["OLD"]);
    await database.db.$executeRaw`UPDATE change_feed SET at = now() - interval '11 minutes'`;
    await tell(["NEW"]);
    expect(await pruneChanges(database.db)).toBe(1);
    expect(await database.db.changeFeed.findMany({ select: { ids: true } })).toEqual([{ ids: ["NEW"] }]);
  });
});

describe("the live feed", () => {
  test("begins with 'everything', and misses nothing that commits after it", async () => {
    const seen = watch(actorWith("viewer", north));
    await vi.waitFor(() => expect(seen).toEqual([{ topic: "everything", ids: null }]), { timeout: 10_000, interval: 1 });
    await tell(["MM001"]);
    await eventually(() => expect(idsIn(seen)).toEqual(["MM001"]));
    const late = watch(actorWith("viewer", north));
    await eventually(() => expect(late).toEqual([{ topic: "everything", ids: null }]));
  });

  test("tells people of their own farms only, and admins of all", async () => {
    const [ours, theirs, admins, nobodys] = [
      watch(actorWith("viewer", north)),
      watch(actorWith("viewer", moor)),
      watch(actorWith("admin")),
      watch(actorWith("viewer")),
    ];
    await eventually(() => expect([ours, theirs, admins, nobodys].every((seen) => seen.length === 1)).toBe(true));
    await tell(["MM001"]);
    await tell(["TS001"], [moor]);
    // An admin may also be told again what earlier tests announced.
    await eventually(() =>
      expect(
        idsIn(admins)
          .filter((id) => ["MM001", "TS001"].includes(id))
          .slice(-2),
      ).toEqual(["MM001", "TS001"]),
    );
    await eventually(() => expect([idsIn(ours), idsIn(theirs), idsIn(nobodys)]).toEqual([["MM001"], ["TS001"], []]));
  });

  test("a batch that spans farms names no device of the other farm", async () => {
    const seen = watch(actorWith("viewer", north));
    await eventually(() => expect(seen).toHaveLength(1));
    await tell(["MM001", "TS001"], [north, moor]);
    await eventually(() => expect(seen[1]).toEqual({ topic: "devices", ids: null }));
  });

  test("a change of rights works on the open stream, and ends it for who has none any more", async () => {
    const actor = actorWith("viewer", north);
    let now: UserActor | undefined = { ...actorWith("viewer", moor), userId: actor.userId };
    const seen = watch(actor, () => Promise.resolve(now));
    await eventually(() => expect(seen).toHaveLength(1));
    const tellRights = () => database.db.$transaction((tx) => announce(tx, { topic: "people", farmIds: [], ids: [actor.userId] }));
    await tellRights();
    await eventually(() => expect(seen).toEqual(Array(2).fill({ topic: "everything", ids: null })));
    await tell(["MM001"]);
    await tell(["TS001"], [moor]);
    await eventually(() => expect(idsIn(seen)).toEqual(["TS001"]));
    now = undefined;
    await tellRights();
    await eventually(() => expect(seen.at(-1)?.topic).toBe("ended"));
    expect(seen).toHaveLength(4);
  });

  test("too many ids become 'many'", async () => {
    const seen = watch(actorWith("viewer", north));
    await eventually(() => expect(seen).toHaveLength(1));
    await tell(Array.from({ length: 201 }, (_, index) => `MM${index}`));
    await eventually(() => expect(seen[1]).toEqual({ topic: "devices", ids: null }));
  });

  test("a thousand tabs that come and go leave nobody behind", async () => {
    const feed = liveFeed(database.db);
    for (let round = 0; round < 10; round++) {
      const controllers = Array.from({ length: 100 }, () => new AbortController());
      const tabs = controllers.map(async (controller) => {
        for await (const change of feed.subscribe(actorWith("viewer", north), controller.signal, noActor)) void change;
      });
      await eventually(() => expect(feed.subscriberCount).toBe(100));
      for (const controller of controllers) controller.abort();
      await Promise.all(tabs);
      expect(feed.subscriberCount).toBe(0);
    }
  });

  test("a tab that was closed before it began gets nothing and stays nowhere", async () => {
    const feed = liveFeed(database.db);
    abort.abort();
    const seen = [];
    for await (const change of feed.subscribe(actorWith("admin"), abort.signal, noActor)) seen.push(change);
    expect([seen, feed.subscriberCount]).toEqual([[], 0]);
  });

  test("after a failed read everybody looks at everything again, then goes on", async () => {
    const seen = watch(actorWith("viewer", north));
    await eventually(() => expect(seen).toHaveLength(1));
    await database.db.$executeRaw`ALTER TABLE change_feed RENAME TO change_feed_away`;
    await sleep(600);
    await database.db.$executeRaw`ALTER TABLE change_feed_away RENAME TO change_feed`;
    await eventually(() => expect(seen).toEqual(Array(2).fill({ topic: "everything", ids: null })));
    await tell(["MM001"]);
    await eventually(() => expect(idsIn(seen)).toEqual(["MM001"]));
  });
});
