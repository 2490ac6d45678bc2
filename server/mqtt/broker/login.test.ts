import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openDatabase, type Database } from "@/server/db/client";
import { decommissionDevice } from "@/server/services/devices/decommission-device";
import { revokeCredentials } from "@/server/services/provisioning/revoke-credentials";
import { rotateCredentials } from "@/server/services/provisioning/rotate-credentials";
import { closed, connectDevice, heartbeat, RawClient, SERVICE_ACCOUNT, startTestBroker } from "@/server/testing/broker";
import { actorWith, contextOf, requestKey, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { DatabaseLink } from "@/server/testing/database-link";
import type { RunningBroker } from "./start-broker";

const database = useTestDatabase();
const WRONG = 4;
const UNAVAILABLE = 3;
let link: DatabaseLink;
let brokerDb: Database;
let farmId: string;
let broker: RunningBroker;

beforeAll(async () => {
  link = await DatabaseLink.open(database.url);
  brokerDb = openDatabase({ url: link.url, poolSize: 2, patienceMs: 1_000 });
  farmId = (await testFarm(database.db)).id;
});

afterAll(async () => {
  await brokerDb.$disconnect();
  await link.close();
});

beforeEach(async () => {
  broker = await startTestBroker(brokerDb);
});

afterEach(async () => {
  link.unblock();
  await broker.stop();
});

describe("who gets in", () => {
  test("a device with its password", async () => {
    const client = await connectDevice(broker, await testDevice(database.db, { farmId }));
    expect(client.connected).toBe(true);
    await vi.waitFor(() => expect(broker.connectedDevices()).toBe(1));
  });

  test("over WebSocket as well", async () => {
    const device = await testDevice(database.db, { farmId });
    const client = await connectDevice(broker, device, { url: `ws://127.0.0.1:${broker.webSocketPort}` });
    await client.publishAsync(`smartdairy/${device.deviceId}/status`, heartbeat(), { qos: 1 });
    expect((await database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: device.id } })).messageCount).toBe(1n);
  });

  test.each([
    ["a wrong password", {}, { password: "wrong" }],
    ["an empty password", {}, { password: "" }],
    ["no password", {}, { password: undefined }],
    ["no user name", {}, { username: undefined, password: undefined }],
    ["a client id that is not the user name", {}, { clientId: "MM999" }],
    ["a random client id", {}, { clientId: "" }],
    ["a user name that is no device ID", {}, { username: "admin", clientId: "admin" }],
    ["a device that is retired", { lifecycle: "decommissioned" as const }, {}],
    ["a device without credentials in force", { lifecycle: "draft" as const }, {}],
    ["the service's name with another password", {}, { username: SERVICE_ACCOUNT.username, password: "guess" }],
  ])("not %s", async (_, device, options) => {
    await expect(connectDevice(broker, await testDevice(database.db, { farmId, ...device }), options)).rejects.toMatchObject({
      code: WRONG,
    });
    expect(broker.connectedDevices()).toBe(0);
  });

  test("not a revoked credential, not a rotated-out one, but one whose overlap still runs", async () => {
    const device = await testDevice(database.db, { farmId });
    const ctx = contextOf(database.db, actorWith("admin"));
    const { mqtt } = await rotateCredentials({ ctx, input: { deviceId: device.deviceId, overlapHours: 1, requestKey: requestKey() } });
    await connectDevice(broker, device);
    const latest = await rotateCredentials({ ctx, input: { deviceId: device.deviceId, requestKey: requestKey() } });
    for (const password of [device.password, mqtt.password])
      await expect(connectDevice(broker, { ...device, password })).rejects.toMatchObject({ code: WRONG });
    await connectDevice(broker, { ...device, password: latest.mqtt.password });
    await revokeCredentials({ ctx, input: { deviceId: device.deviceId } });
    await expect(connectDevice(broker, { ...device, password: latest.mqtt.password })).rejects.toMatchObject({ code: WRONG });
  });

  test("while the database is away: later, and without a strike", async () => {
    const device = await testDevice(database.db, { farmId });
    link.block();
    for (let attempt = 0; attempt < 6; attempt++) await expect(connectDevice(broker, device)).rejects.toMatchObject({ code: UNAVAILABLE });
    link.unblock();
    await vi.waitFor(() => connectDevice(broker, device), { timeout: 10_000, interval: 200 });
  });

  test("a second connection of a device takes the first one's place and is watched", async () => {
    const device = await testDevice(database.db, { farmId });
    const first = await connectDevice(broker, device);
    const second = await connectDevice(broker, device);
    await closed(first);
    await vi.waitFor(() => expect(broker.connectedDevices()).toBe(1));
    await revokeCredentials({ ctx: contextOf(database.db, actorWith("admin")), input: { deviceId: device.deviceId } });
    expect(await closed(second)).toBeLessThan(1_500);
  });
});

describe("a live connection", () => {
  const ctx = () => contextOf(database.db, actorWith("admin"));
  test.each([
    ["revoked", (deviceId: string) => revokeCredentials({ ctx: ctx(), input: { deviceId } })],
    ["rotated without overlap", (deviceId: string) => rotateCredentials({ ctx: ctx(), input: { deviceId, requestKey: requestKey() } })],
    ["decommissioned", (deviceId: string) => decommissionDevice({ ctx: ctx(), input: { deviceId, reason: "stolen" } })],
  ])("of a device that is %s ends within a second; its neighbour's does not", async (_, act) => {
    const [device, neighbour] = [await testDevice(database.db, { farmId }), await testDevice(database.db, { farmId })];
    const [client, other] = [await connectDevice(broker, device), await connectDevice(broker, neighbour)];
    await vi.waitFor(() => expect(broker.connectedDevices()).toBe(2));
    const ended = closed(client);
    await act(device.deviceId);
    expect(await ended).toBeLessThan(1_500);
    expect([other.connected, broker.connectedDevices()]).toEqual([true, 1]);
  });

  test("stays during an overlap and ends with it", async () => {
    const device = await testDevice(database.db, { farmId });
    const client = await connectDevice(broker, device);
    await rotateCredentials({ ctx: ctx(), input: { deviceId: device.deviceId, overlapHours: 1, requestKey: requestKey() } });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(client.connected).toBe(true);
    await database.db.deviceCredential.updateMany({
      where: { deviceKey: device.id, validUntil: { not: null } },
      data: { validUntil: new Date(Date.now() - 1) },
    });
    await database.db
      .$executeRaw`INSERT INTO change_feed (xid, topic, farm_ids, ids) VALUES ((pg_current_xact_id()::text)::bigint, 'credentials', ARRAY[${farmId}::uuid], ARRAY[${device.deviceId}])`;
    expect(await closed(client)).toBeLessThan(1_500);
  });

  test("that was revoked while the database was out of reach ends when it is back", async () => {
    const device = await testDevice(database.db, { farmId });
    const client = await connectDevice(broker, device);
    link.block();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await revokeCredentials({ ctx: ctx(), input: { deviceId: device.deviceId } });
    expect(client.connected).toBe(true);
    link.unblock();
    await closed(client);
  });
});

describe("guessing passwords", () => {
  test("is refused from memory after five tries, for this name and address only", async () => {
    const [device, other] = [await testDevice(database.db, { farmId }), await testDevice(database.db, { farmId })];
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 8; attempt++)
      codes.push(await connectDevice(broker, { ...device, password: "guess" }).catch((error: { code: number }) => error.code));
    expect(codes).toEqual([...Array<number>(5).fill(WRONG), ...Array<number>(3).fill(UNAVAILABLE)]);
    await expect(connectDevice(broker, device)).rejects.toMatchObject({ code: UNAVAILABLE });
    await expect(connectDevice(broker, other)).resolves.toBeDefined();
  });

  test("ten thousand times: all refused, nothing written, a good device is served meanwhile", { timeout: 120_000 }, async () => {
    const [victim, good] = [await testDevice(database.db, { farmId }), await testDevice(database.db, { farmId })];
    const before = await database.db
      .$queryRaw`SELECT (SELECT count(*) FROM audit_event) AS audit, (SELECT count(*) FROM change_feed) AS changes, (SELECT count(*) FROM rate_limit) AS limits`;
    const names = [victim.deviceId, ...Array.from({ length: 99 }, (_, index) => `QQ${String(index).padStart(3, "0")}`)];
    let left = 10_000;
    let refused = 0;
    const attack = async () => {
      while (left > 0) {
        const client = new RawClient(broker.port);
        client.connect({ deviceId: names[left-- % names.length]!, password: "guess" });
        const code = await client.returnCode();
        if (code === WRONG || code === UNAVAILABLE) refused += 1;
        client.socket.destroy();
      }
    };
    let servedAfterMs = Number.POSITIVE_INFINITY;
    const statements = await countStatements(async () => {
      const attackers = Promise.all(Array.from({ length: 100 }, attack));
      await vi.waitUntil(() => refused > 1_000, { timeout: 60_000, interval: 10 });
      const start = performance.now();
      const client = await connectDevice(broker, good);
      await client.publishAsync(`smartdairy/${good.deviceId}/status`, heartbeat(), { qos: 1 });
      servedAfterMs = performance.now() - start;
      expect(left).toBeGreaterThan(0);
      await attackers;
    });
    expect(refused).toBe(10_000);
    expect(servedAfterMs).toBeLessThan(5_000);
    // Mostly the two polls of the change feed; far from one query an attempt.
    expect(statements).toBeLessThan(2_000);
    const changesOfGood = 1;
    expect(
      await database.db
        .$queryRaw`SELECT (SELECT count(*) FROM audit_event) - 1 AS audit, (SELECT count(*) FROM change_feed) - ${changesOfGood}::int AS changes, (SELECT count(*) FROM rate_limit) AS limits`,
    ).toEqual(before);
    expect(await database.db.deviceState.findUniqueOrThrow({ where: { deviceKey: victim.id } })).toMatchObject({
      lastSeenAt: null,
      messageCount: 0n,
    });
    expect(await database.db.deviceCredential.count({ where: { deviceKey: victim.id, lastUsedAt: { not: null } } })).toBe(0);
  });
});
