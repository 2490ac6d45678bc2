import { Webhook } from "standardwebhooks";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database } from "@/server/db/client";
import { RETRY_DELAYS_MS } from "@/server/domain/webhooks/retry";
import { recordAudit } from "@/server/services/audit/record-audit";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { answer, hang, hurry, slam, type Received, testWebhook, type TestReceiver, useReceivers } from "@/server/testing/webhooks";
import { claimDeliveries } from "./claim-deliveries";
import { deliverWebhooks } from "./deliver-webhooks";
import { recordResults } from "./record-results";

const database = useTestDatabase();
const startReceiver = useReceivers();
let farmId: string;

beforeAll(async () => {
  process.env.WEBHOOK_ALLOW_LOOPBACK = "true";
  farmId = (await testFarm(database.db)).id;
});
beforeEach(async () => {
  await database.db.webhookEvent.deleteMany();
  await database.db.webhookEndpoint.deleteMany();
});

/** Changes devices, one after the other as given, in one transaction. */
function change(...deviceIds: string[]): Promise<void> {
  const ctx = contextOf(database.db, actorWith("admin"));
  const entries = deviceIds.map((subjectId, step) => ({
    action: "device.edited",
    subjectType: "device" as const,
    subjectId,
    farmId,
    after: { step },
  }));
  return database.db.$transaction((tx) => recordAudit(tx, ctx, entries));
}

const deliver = (options: Parameters<typeof deliverWebhooks>[1] = {}) =>
  deliverWebhooks(database.db, { budgetMs: 10_000, answerWithinMs: 500, ...options });
const steps = (received: readonly Received[], deviceId: string) =>
  received.filter((one) => one.deviceId === deviceId).map(({ message }) => (message.data.after as { step: number }).step);
const statesOf = async (endpointId: string) => {
  const rows = await database.db.webhookDelivery.findMany({ where: { endpointId }, orderBy: { sequence: "asc" } });
  return rows.map(({ state, status, error, attempts }) => ({ state, status, error, attempts }));
};
const endpointOf = (id: string) => database.db.webhookEndpoint.findUniqueOrThrow({ where: { id } });
const verify = (secret: string, { body, headers }: Received) => new Webhook(secret).verify(body, headers as Record<string, string>);

describe("a message", () => {
  test("is signed as Standard Webhooks has it, and noted", async () => {
    const receiver = await startReceiver(answer(202, {}, "Danke 🐄"));
    const { id, secret } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    expect(await deliver()).toEqual({ delivered: 1, failed: 0 });
    const [received] = receiver.received as [Received];
    expect(verify(secret, received)).toEqual(received.message);
    expect(() => verify(secret, { ...received, body: `${received.body} ` })).toThrow("No matching signature");
    expect(received.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "smart-dairy-webhooks",
      "webhook-id": received.message.id,
    });
    expect(received.headers.cookie ?? received.headers.authorization).toBeUndefined();
    const [row] = await database.db.webhookDelivery.findMany({ where: { endpointId: id } });
    expect(row).toMatchObject({ state: "delivered", status: 202, attempts: 1, error: null, claim: null });
    expect(row?.log).toEqual([
      { at: expect.any(String) as string, status: 202, latencyMs: row?.latencyMs, error: null, excerpt: "Danke 🐄" },
    ]);
    expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  });

  test("that fails comes again with the same id and body, later each time, until it is a dead letter", async () => {
    const receiver = await startReceiver(answer(500, {}, "no 💥"));
    const { id, secret } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    for (let attempt = 0; attempt <= RETRY_DELAYS_MS.length; attempt++) {
      expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
      // Not before its time.
      expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
      await hurry(database.db);
    }
    expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
    expect(await statesOf(id)).toEqual([{ state: "dead", status: 500, error: null, attempts: RETRY_DELAYS_MS.length + 1 }]);
    const { received } = receiver;
    expect(received).toHaveLength(RETRY_DELAYS_MS.length + 1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    for (const one of received) verify(secret, one);
    expect(await endpointOf(id)).toMatchObject({ failures: received.length, enabled: true, failingSince: expect.any(Date) as Date });
  });

  test("Retry-After of 429 holds back everything of the endpoint", async () => {
    const receiver = await startReceiver(answer(429, { "retry-after": "3600" }));
    const { id } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    const before = Date.now();
    await deliver();
    await change("MM002");
    expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
    const [row] = await database.db.webhookDelivery.findMany({ where: { endpointId: id }, orderBy: { sequence: "asc" } });
    const { holdUntil } = await endpointOf(id);
    expect(row?.dueAt.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(holdUntil?.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
    await hurry(database.db);
    receiver.behave = answer(200);
    expect(await deliver()).toEqual({ delivered: 2, failed: 0 });
    expect(await endpointOf(id)).toMatchObject({ failures: 0, failingSince: null, holdUntil: null });
  });
});

describe("the order of one device", () => {
  test("a failing message holds back the later ones of its device only, at this endpoint only", async () => {
    const picky = await startReceiver((response, one) => void response.writeHead(one.deviceId === "MM001" ? 500 : 200).end());
    const content = await startReceiver();
    const [first, second] = [await testWebhook(database.db, picky.url), await testWebhook(database.db, content.url)];
    await change("MM001", "MM002", "MM001", "MM002", "MM001");
    await deliver();
    expect([steps(picky.received, "MM001"), steps(picky.received, "MM002")]).toEqual([[0], [1, 3]]);
    expect([steps(content.received, "MM001"), steps(content.received, "MM002")]).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
    await hurry(database.db);
    await deliver();
    // The very same again, not the next.
    expect(steps(picky.received, "MM001")).toEqual([0, 0]);
    await database.db
      .$executeRaw`UPDATE webhook_delivery SET attempts = 99 WHERE endpoint_id = ${first.id}::uuid AND state = 'waiting' AND attempts > 0`;
    await hurry(database.db);
    await deliver();
    // It has become a dead letter: the next one's turn.
    expect(steps(picky.received, "MM001")).toEqual([0, 0, 0, 2]);
    picky.behave = answer(200);
    await hurry(database.db);
    await deliver();
    expect(steps(picky.received, "MM001")).toEqual([0, 0, 0, 2, 2, 4]);
    expect((await statesOf(first.id)).map(({ state }) => state)).toEqual(["dead", ...Array<string>(4).fill("delivered")]);
    expect((await statesOf(second.id)).every(({ state }) => state === "delivered")).toBe(true);
  });

  test("is never two at once, however many send", async () => {
    const open = new Map<string, number>();
    let most = 0;
    const receiver = await startReceiver((response, { deviceId = "" }) => {
      open.set(deviceId, (open.get(deviceId) ?? 0) + 1);
      most = Math.max(most, ...open.values());
      setTimeout(() => {
        open.set(deviceId, (open.get(deviceId) ?? 1) - 1);
        response.writeHead(Math.random() < 0.2 ? 503 : 200).end();
      }, 5);
    });
    await testWebhook(database.db, receiver.url);
    for (let round = 0; round < 4; round++) await change(...Array.from({ length: 20 }, (_, index) => `MM00${index % 5}`));
    const isDone = async () => (await database.db.webhookDelivery.count({ where: { state: { not: "delivered" } } })) === 0;
    for (let round = 0; round < 60 && !(await isDone()); round++) {
      await hurry(database.db);
      await Promise.all([deliver(), deliver(), deliver()]);
    }
    expect([most, await isDone()]).toEqual([1, true]);
    for (let device = 0; device < 5; device++) {
      // What came again after a failure counts once, where it came last.
      const ids = receiver.received.filter(({ deviceId }) => deviceId === `MM00${device}`).map(({ message }) => message.id);
      const order = ids.filter((id, index) => ids.indexOf(id, index + 1) === -1);
      const made = await database.db.webhookDelivery.findMany({
        where: { orderingKey: `device:MM00${device}` },
        orderBy: { sequence: "asc" },
      });
      expect(order).toEqual(made.map(({ eventId }) => eventId));
    }
  });

  test("one that becomes visible late waits while a later one is on its way", async () => {
    const receiver = await startReceiver();
    await testWebhook(database.db, receiver.url);
    await change("MM001", "MM001");
    await database.db
      .$executeRaw`UPDATE webhook_delivery SET state = 'sending', claim = gen_random_uuid(), claimed_until = now() + interval '1 minute'
      WHERE sequence = (SELECT max(sequence) FROM webhook_delivery)`;
    await deliver();
    expect(receiver.received).toEqual([]);
  });
});

describe("receivers that misbehave keep no other waiting", () => {
  const HANG_MS = 8_000;

  /**
   * Ten devices change, and an eleventh later; a good receiver has all of it.
   * @returns whether the good one had it before the bad one was done with
   */
  async function beside(bad: TestReceiver["behave"]): Promise<{ id: string; badReceiver: TestReceiver; isFirst: boolean }> {
    const badReceiver = await startReceiver(bad);
    const good = await startReceiver();
    const { id } = await testWebhook(database.db, badReceiver.url);
    await testWebhook(database.db, good.url);
    let isOver = false;
    const patience = { timeout: 25_000, interval: 10 };
    await change(...Array.from({ length: 10 }, (_, index) => `MM00${index}`));
    const first = deliver({ answerWithinMs: HANG_MS }).finally(() => (isOver = true));
    await vi.waitFor(() => expect(good.received).toHaveLength(10), patience);
    await change("MM999");
    const second = deliver({ answerWithinMs: HANG_MS });
    await vi.waitFor(() => expect(good.received).toHaveLength(11), patience);
    const isFirst = !isOver;
    await Promise.all([first, second]);
    return { id, badReceiver, isFirst };
  }

  test("one that hangs", async () => {
    const { id, isFirst } = await beside(hang);
    expect(isFirst).toBe(true);
    expect((await statesOf(id))[0]).toEqual({ state: "waiting", status: null, error: "No answer within 8 s", attempts: 1 });
  });

  test("one that answers but never ends is taken at its word", async () => {
    const { id } = await beside((response) => void response.writeHead(200).write("slowly"));
    expect((await statesOf(id))[0]).toMatchObject({ state: "delivered", status: 200 });
  });

  test.each([
    ["fails", answer(500), 500, null],
    [
      "redirects to where it must not",
      answer(302, { location: "http://169.254.169.254/latest/meta-data" }),
      302,
      "Redirects are not followed",
    ],
    ["closes the connection", slam, null, "The server closed the connection without an answer"],
  ])("one that %s", async (_, behaviour, status, error) => {
    const { id, badReceiver } = await beside(behaviour);
    expect((await statesOf(id))[0]).toMatchObject({ state: "waiting", status, error });
    expect(new Set(badReceiver.received.map(({ deviceId }) => deviceId)).size).toBe(11);
  });

  test("one with endless answers: their beginning is read", async () => {
    const flood: TestReceiver["behave"] = (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "🐄")));
      };
      response.on("drain", more);
      more();
    };
    const { id } = await beside(flood);
    const [row] = await database.db.webhookDelivery.findMany({ where: { endpointId: id } });
    expect(row).toMatchObject({ state: "delivered", status: 200 });
    expect(JSON.stringify(row?.log).length).toBeLessThan(4_000);
  });
});

describe("at least once", () => {
  test("a sender that dies between sending and noting: another sends it again, with the same id", async () => {
    const receiver = await startReceiver();
    const { id } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    // It was sent, and the database is gone before that is noted.
    const broken = new Proxy(database.db, {
      get: (db, key: keyof Database) =>
        key === "$transaction" ? () => Promise.reject(new Error("gone")) : (Reflect.get(db, key) as unknown),
    });
    await expect(deliverWebhooks(broken, { budgetMs: 5_000 })).rejects.toThrow("gone");
    expect(receiver.received).toHaveLength(1);
    // Nobody else meanwhile.
    expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
    const later = () => new Date(Date.now() + 200_000);
    expect(await deliver({ clock: later })).toEqual({ delivered: 1, failed: 0 });
    expect(new Set(receiver.received.map(({ message }) => message.id)).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
    expect(await statesOf(id)).toMatchObject([{ state: "delivered", attempts: 2 }]);
  });

  test("whoever has lost its claim meanwhile writes nothing down", async () => {
    const { id } = await testWebhook(database.db, "http://127.0.0.1:9/");
    await change("MM001");
    const [late] = await claimDeliveries(database.db, new Date());
    await claimDeliveries(database.db, new Date(Date.now() + 200_000));
    const result = { status: 200, retryAfter: null, excerpt: "", latencyMs: 1, error: null };
    await recordResults(database.db, [{ delivery: late!, result, at: new Date() }], new Date());
    expect(await statesOf(id)).toMatchObject([{ state: "sending", attempts: 2 }]);
  });
});

describe("an endpoint that is no use any more", () => {
  test("says that it is gone, and is switched off", async () => {
    const receiver = await startReceiver(answer(410));
    const { id, name } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    await deliver();
    expect(await endpointOf(id)).toMatchObject({ enabled: false, offReason: "gone", offSince: expect.any(Date) as Date });
    const told = await database.db.auditEvent.findMany({
      where: { subjectType: "webhook", action: "webhook.switched_off", subjectId: name },
    });
    expect(told).toMatchObject([{ actorKind: "system", after: { reason: "gone" } }]);
    await change("MM002");
    await hurry(database.db);
    await deliver();
    expect([receiver.received.length, (await statesOf(id)).length]).toEqual([1, 1]);
  });

  test("has failed for five days, and is switched off", async () => {
    const receiver = await startReceiver(answer(500));
    const { id } = await testWebhook(database.db, receiver.url);
    await database.db.webhookEndpoint.update({ where: { id }, data: { failures: 9, failingSince: new Date(Date.now() - 5 * 86_400_000) } });
    await change("MM001");
    await deliver();
    expect(await endpointOf(id)).toMatchObject({ enabled: false, offReason: "failing", failures: 10 });
  });
});

test("thousands of messages: each once, each device's in order, without a statement for each", async () => {
  const receiver = await startReceiver();
  await testWebhook(database.db, receiver.url);
  await change(...Array.from({ length: 2_000 }, (_, index) => `MM${10_000 + (index % 200)}`));
  const statements = await countStatements(async () => {
    expect(await deliver({ budgetMs: 120_000, answerWithinMs: 10_000 })).toEqual({ delivered: 2_000, failed: 0 });
  });
  const byDevice = new Map<string, number[]>();
  for (const { deviceId = "", message } of receiver.received)
    byDevice.set(deviceId, [...(byDevice.get(deviceId) ?? []), (message.data.after as { step: number }).step]);
  expect([...byDevice.values()].filter((list) => list.some((step, index) => step <= (list[index - 1] ?? -1)))).toEqual([]);
  expect(new Set(receiver.received.map(({ message }) => message.id)).size).toBe(2_000);
  expect(statements).toBeLessThan(2_000);
}, 150_000);
