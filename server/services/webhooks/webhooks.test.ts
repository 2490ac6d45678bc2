import { inspect } from "node:util";
import { Webhook } from "standardwebhooks";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_RETENTION } from "@/server/domain/retention/settings";
import { deleteExpired } from "@/server/services/retention/delete-expired";
import { recordAudit } from "@/server/services/audit/record-audit";
import { actorWith, contextOf, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { answer, hurry, type Received, testWebhook, useReceivers } from "@/server/testing/webhooks";
import { deleteWebhook } from "./delete-webhook";
import { deliverWebhooks } from "./deliver-webhooks";
import { getWebhookDelivery, listWebhookDeliveries } from "./list-deliveries";
import { getWebhook, listWebhooks } from "./list-webhooks";
import { giveUpDelivery, replayDeliveries } from "./replay-deliveries";
import { rotateWebhookSecret } from "./rotate-secret";
import { createWebhook, MAX_WEBHOOKS, updateWebhook } from "./save-webhook";
import { sendPing } from "./send-ping";

const database = useTestDatabase();
const startReceiver = useReceivers();
const ctx = (now = new Date()) => contextOf(database.db, actorWith("admin"), now);
let farmId: string;

beforeAll(async () => {
  process.env.WEBHOOK_ALLOW_LOOPBACK = "true";
  farmId = (await testFarm(database.db)).id;
});
beforeEach(async () => {
  await database.db.webhookEvent.deleteMany();
  await database.db.webhookEndpoint.deleteMany();
});

const ENDPOINT = { name: "Herd management", url: "https://hooks.example.com/dairy", events: ["device.updated", "device.updated"] };
const create = (endpoint: Record<string, unknown> = {}) => createWebhook({ ctx: ctx(), input: { endpoint: { ...ENDPOINT, ...endpoint } } });
const get = (id: string) => getWebhook({ ctx: ctx(), input: { id } });
const log = (endpointId: string, input: Record<string, unknown> = {}) =>
  listWebhookDeliveries({ ctx: ctx(), input: { endpointId, ...input } });
const change = (...deviceIds: string[]) =>
  database.db.$transaction((tx) =>
    recordAudit(
      tx,
      ctx(),
      deviceIds.map((subjectId) => ({ action: "device.edited", subjectType: "device", subjectId, farmId })),
    ),
  );
const deliver = () => deliverWebhooks(database.db, { answerWithinMs: 1_000 });
const verifies = (secret: string, { body, headers }: Received) => {
  try {
    return Boolean(new Webhook(secret).verify(body, headers as Record<string, string>));
  } catch {
    return false;
  }
};
const auditOf = (subjectId: string) =>
  database.db.auditEvent.findMany({ where: { subjectType: "webhook", subjectId }, orderBy: { seq: "asc" } });

describe("an endpoint", () => {
  test("is made, with a secret of 256 bits that is kept nowhere in the clear", async () => {
    const { id, secret } = await create();
    expect(Buffer.from(/^whsec_(.+)$/.exec(secret)?.[1] ?? "", "base64")).toHaveLength(32);
    expect(await get(id)).toMatchObject({
      name: "Herd management",
      enabled: true,
      events: ["device.updated"],
      farmIds: [],
      waiting: 0,
      dead: 0,
    });
    const everything = inspect([
      await database.db.webhookEndpoint.findMany(),
      await auditOf("Herd management"),
      await listWebhooks({ ctx: ctx() }),
    ]);
    expect(everything).not.toContain(secret.slice(6));
    const row = await database.db.webhookEndpoint.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(row.sealedSecret).includes(secret.slice(6))).toBe(false);
  });

  test.each([
    [{ name: " " }, "endpoint.name"],
    [{ events: [] }, "endpoint.events"],
    [{ events: ["device.exploded"] }, "endpoint.events.0"],
    [{ url: "http://hooks.example.com/" }, "endpoint.url"],
    [{ url: "https://169.254.169.254/" }, "endpoint.url"],
    [{ url: "https://localhost.localdomain.local/" }, "endpoint.url"],
    [{ farmIds: ["01890000-0000-7000-8000-000000000000"] }, "endpoint.farmIds"],
  ])("%j is refused at %s", async (given, field) => {
    await expect(create(given)).rejects.toMatchObject({ fields: { [field]: expect.any(String) as string } });
  });

  test("has a name of its own, and fifty are enough", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ code: "conflict", fields: { "endpoint.name": "There is a webhook of this name" } });
    for (let number = 1; number < MAX_WEBHOOKS; number++) await create({ name: `Webhook ${number}` });
    await expect(create({ name: "One more" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^There are 50/) as string,
    });
  });

  test("is changed by who has seen it as it is, switched on again it begins anew", async () => {
    const { id } = await create();
    const off = { ...ENDPOINT, name: "Herd 2", enabled: false, farmIds: [farmId] };
    expect(await updateWebhook({ ctx: ctx(), input: { id, version: 1, endpoint: off } })).toEqual({ version: 2 });
    await expect(updateWebhook({ ctx: ctx(), input: { id, version: 1, endpoint: off } })).rejects.toMatchObject({ code: "conflict" });
    await database.db.webhookEndpoint.update({
      where: { id },
      data: { failures: 30, failingSince: new Date(0), offReason: "failing", offSince: new Date() },
    });
    await updateWebhook({ ctx: ctx(), input: { id, version: 2, endpoint: { ...off, enabled: true } } });
    expect(await get(id)).toMatchObject({ enabled: true, failingSince: null, offReason: null, offSince: null, farmIds: [farmId] });
    const [changed] = (await auditOf("Herd 2")).filter(({ action }) => action === "webhook.edited");
    expect(changed).toMatchObject({ before: { name: "Herd management", enabled: true }, after: { name: "Herd 2", enabled: false } });
  });

  test("is deleted with its log", async () => {
    const { id } = await create();
    await change("MM001");
    await deleteWebhook({ ctx: ctx(), input: { id } });
    expect(await database.db.webhookDelivery.count()).toBe(0);
    await expect(get(id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is an admin's business", async () => {
    const manager = contextOf(database.db, actorWith("farm_manager", farmId));
    await expect(listWebhooks({ ctx: manager })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("while a secret is changed over both sign, then the new one alone", async () => {
  const receiver = await startReceiver();
  const { id, secret: first } = await testWebhook(database.db, receiver.url);
  const { secret: second } = await rotateWebhookSecret({ ctx: ctx(), input: { id, overlapHours: 24 } });
  const ping = (now: Date) => sendPing({ ctx: ctx(now), input: { id } });
  await ping(new Date());
  expect([verifies(first, receiver.received[0]!), verifies(second, receiver.received[0]!)]).toEqual([true, true]);
  await database.db.webhookEndpoint.update({ where: { id }, data: { formerSecretUntil: new Date(Date.now() - 1) } });
  await ping(new Date());
  expect([verifies(first, receiver.received[1]!), verifies(second, receiver.received[1]!)]).toEqual([false, true]);
  const { secret: third } = await rotateWebhookSecret({ ctx: ctx(), input: { id, overlapHours: 0 } });
  await ping(new Date());
  expect([second, third].map((secret) => verifies(secret, receiver.received[2]!))).toEqual([false, true]);
  expect(inspect(await database.db.auditEvent.findMany({ where: { subjectType: "webhook" } }), { depth: null })).not.toMatch(/whsec_/);
});

test("a test message is signed, answered at once, and stands in no log", async () => {
  const receiver = await startReceiver(answer(418, {}, "I am a teapot"));
  const { id, secret, name } = await testWebhook(database.db, receiver.url, { enabled: false });
  expect(await sendPing({ ctx: ctx(), input: { id } })).toMatchObject({
    isAccepted: false,
    status: 418,
    excerpt: "I am a teapot",
    error: null,
  });
  expect(receiver.received[0]?.message).toMatchObject({ type: "ping", data: { webhook: name } });
  expect(verifies(secret, receiver.received[0]!)).toBe(true);
  expect((await log(id)).deliveries).toEqual([]);
  for (let count = 1; count < 10; count++) await sendPing({ ctx: ctx(), input: { id } });
  await expect(sendPing({ ctx: ctx(), input: { id } })).rejects.toMatchObject({ code: "rate_limited" });
});

describe("the log", () => {
  test("tells of each message, page by page and by state, with what is sent", async () => {
    const receiver = await startReceiver((response, { deviceId }) => void response.writeHead(deviceId === "MM001" ? 500 : 200).end("hm"));
    const { id } = await testWebhook(database.db, receiver.url);
    await change("MM001", "MM001", "MM002", "MM003");
    await deliver();
    const first = await log(id, { pageSize: 3 });
    expect(first.deliveries.map(({ subject, state }) => [subject, state])).toEqual([
      ["device:MM003", "delivered"],
      ["device:MM002", "delivered"],
      ["device:MM001", "waiting"],
    ]);
    const second = await log(id, { pageSize: 3, cursor: first.nextCursor });
    expect([second.deliveries.map(({ attempts, isHeldBack }) => [attempts, isHeldBack]), second.nextCursor]).toEqual([[[1, false]], null]);
    expect(first.deliveries[2]).toMatchObject({ attempts: 0, isHeldBack: true });
    expect((await log(id, { states: ["waiting"] })).deliveries).toHaveLength(2);
    expect(await get(id)).toMatchObject({ waiting: 2, dead: 0, lastDay: { tried: 3, delivered: 2 } });
    const details = await getWebhookDelivery({ ctx: ctx(), input: { endpointId: id, id: second.deliveries[0]!.id } });
    expect(details.body).toBe(receiver.received.find(({ deviceId }) => deviceId === "MM001")?.body);
    expect(details.log).toMatchObject([{ status: 500, excerpt: "hm" }]);
  });

  test("forgets what was delivered after a week, the rest after a month", async () => {
    const receiver = await startReceiver();
    const { id } = await testWebhook(database.db, receiver.url);
    await change("MM001");
    await deliver();
    await change("MM002", "MM003");
    expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ webhooks: 0 });
    await database.db.$executeRaw`UPDATE webhook_event SET at = now() - interval '8 days'`;
    // Delivered late, it is not forgotten at once.
    expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ webhooks: 0 });
    await database.db.$executeRaw`UPDATE webhook_delivery SET attempted_at = now() - interval '8 days'`;
    expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ webhooks: 1 });
    expect((await log(id)).deliveries.map(({ subject }) => subject)).toEqual(["device:MM003", "device:MM002"]);
    await database.db.$executeRaw`UPDATE webhook_event SET at = now() - interval '31 days'`;
    expect(await deleteExpired(database.db, DEFAULT_RETENTION)).toMatchObject({ webhooks: 2 });
  });
});

describe("dead letters", () => {
  test("are sent again, one, some or all, with the same ids and in order", async () => {
    const receiver = await startReceiver(answer(500));
    const { id, name } = await testWebhook(database.db, receiver.url);
    await change("MM001", "MM001", "MM002", "MM003");
    await deliver();
    await database.db.webhookDelivery.updateMany({ data: { state: "dead", attempts: 11 } });
    const dead = (await log(id, { states: ["dead"] })).deliveries;
    receiver.received.length = 0;
    receiver.behave = answer(200);
    const replay = (deliveries: unknown) => replayDeliveries({ ctx: ctx(), input: { endpointId: id, deliveries } });
    expect(await replay([dead[0]!.id])).toEqual({ count: 1 });
    await deliver();
    expect(receiver.received.map(({ deviceId }) => deviceId)).toEqual(["MM003"]);
    expect(await replay("all_dead")).toEqual({ count: 3 });
    expect(await replay("all_dead")).toEqual({ count: 0 });
    await deliver();
    const ids = receiver.received.map(({ message }) => message.id);
    expect([...ids].sort()).toEqual(dead.map(({ eventId }) => eventId).sort());
    expect(ids.indexOf(dead[3]!.eventId)).toBeLessThan(ids.indexOf(dead[2]!.eventId));
    expect(await get(id)).toMatchObject({ dead: 0, waiting: 0 });
    // What has been delivered can be sent once more, for somebody who has lost it.
    expect(await replay([dead[0]!.id])).toEqual({ count: 1 });
    await deliver();
    expect(receiver.received.at(-1)?.message.id).toBe(dead[0]!.eventId);
    expect((await auditOf(name)).filter(({ action }) => action === "webhook.replayed").map(({ after }) => after)).toEqual([
      { messages: 1 },
      { messages: 3 },
      { messages: 1 },
    ]);
  });

  test("of other endpoints are not touched, and none while it is off", async () => {
    const [mine, other] = [await testWebhook(database.db, "http://127.0.0.1:9/"), await testWebhook(database.db, "http://127.0.0.1:9/")];
    await change("MM001");
    await database.db.webhookDelivery.updateMany({ data: { state: "dead" } });
    const [foreign] = (await log(other.id)).deliveries;
    expect(await replayDeliveries({ ctx: ctx(), input: { endpointId: mine.id, deliveries: [foreign!.id] } })).toEqual({ count: 0 });
    const details = getWebhookDelivery({ ctx: ctx(), input: { endpointId: mine.id, id: foreign!.id } });
    await expect(details).rejects.toMatchObject({ code: "not_found" });
    await database.db.webhookEndpoint.update({ where: { id: mine.id }, data: { enabled: false } });
    await expect(replayDeliveries({ ctx: ctx(), input: { endpointId: mine.id, deliveries: "all_dead" } })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("are made by hand as well, so that later messages of the device go on", async () => {
    const receiver = await startReceiver(answer(500));
    const { id } = await testWebhook(database.db, receiver.url);
    await change("MM001", "MM001");
    await deliver();
    const [second, first] = (await log(id)).deliveries;
    await giveUpDelivery({ ctx: ctx(), input: { endpointId: id, id: first!.id } });
    await expect(giveUpDelivery({ ctx: ctx(), input: { endpointId: id, id: first!.id } })).rejects.toMatchObject({ code: "conflict" });
    receiver.behave = answer(200);
    await hurry(database.db);
    await deliver();
    expect(receiver.received.map(({ message }) => message.id)).toEqual([first!.eventId, second!.eventId]);
    expect(await get(id)).toMatchObject({ dead: 1, waiting: 0 });
  });
});
