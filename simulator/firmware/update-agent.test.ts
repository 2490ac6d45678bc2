import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sampleImage } from "@/server/domain/firmware/sample-image";
import { FirmwareServer } from "../test-firmware-server";
import { OLD, UpdaterBench, type UpdaterBenchOptions } from "../test-updater";
import type { UpdateOrder } from "./judge-order";
import type { UpdateFault } from "./update-faults";

let server: FirmwareServer;
beforeEach(async () => {
  server = await FirmwareServer.start();
});
afterEach(() => server.stop());

const updated = (order: UpdateOrder, version = "9.0.0") => ({ version, sequence: 5, sha256: order.url.split("/").at(-1) });

describe("an update", () => {
  test("downloads, installs into the other slot, restarts, verifies and completes; each state is told once, in order", async () => {
    const bench = new UpdaterBench(server);
    const order = await server.order();
    expect(await bench.agent.take(order)).toBeUndefined();
    expect(bench.agent.execution).toEqual({ id: order.execution, attempt: 1, state: "downloading", progress: 0 });
    await bench.settled();
    expect(bench.states).toEqual(["downloading", "downloaded", "installing", "verifying", "completed"]);
    expect(bench.boots).toEqual(["firmware_update"]);
    expect(bench.agent.image).toEqual(updated(order));
    expect(bench.flash).toMatchObject({ active: "b", trial: undefined, received: undefined });
    expect(bench.agent.execution).toBeUndefined();
    const progress = bench.reports.flatMap((report) => report.progress ?? []);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(100);

    const next = await server.order({ version: "9.1.0", sequence: 6 });
    await bench.agent.take(next);
    await bench.settled();
    expect([bench.flash.active, bench.agent.image.version]).toEqual(["a", "9.1.0"]);
  });

  test("a build that is bad in itself goes back, at each attempt", async () => {
    const image = sampleImage({ type: "milk_meter", version: "9.0.0", faults: { self_test: 1 } });
    const bench = new UpdaterBench(server);
    for (const attempt of [1, 2]) {
      await bench.agent.take(await server.order({ image, attempt }));
      await bench.settled();
      expect(bench.reports.at(-1)).toMatchObject({ attempt, state: "rolled_back", code: "self_test" });
      expect(bench.agent.image.version).toBe(OLD);
    }
  });

  test("the version that runs is completed at once, without a download", async () => {
    const bench = new UpdaterBench(server);
    const order = await server.order({ version: OLD });
    expect(await bench.agent.take(order)).toBeUndefined();
    await bench.settled();
    expect(bench.states).toEqual(["completed"]);
    expect(server.ranges).toEqual([]);
  });

  test("what was not acknowledged stays in heartbeats and is said again", async () => {
    let isOnline = false;
    const bench = new UpdaterBench(server, { acknowledges: () => isOnline });
    const order = await server.order();
    await bench.agent.take(order);
    await bench.settled();
    expect(bench.reports).toEqual([]);
    expect(bench.agent.execution).toEqual({ id: order.execution, attempt: 1, state: "completed" });
    isOnline = true;
    bench.agent.sendUndelivered();
    await vi.waitFor(() => expect(bench.agent.execution).toBeUndefined());
    expect(bench.reports).toEqual([{ id: order.execution, attempt: 1, state: "completed" }]);
  });

  test("a newer order takes the place of one that still downloads", async () => {
    let isHeld = true;
    server.misbehave = (image, _, response) =>
      isHeld && (response.writeHead(200, { "content-length": image.length }).write(image.subarray(0, 1_000)), true);
    const bench = new UpdaterBench(server);
    const first = await server.order();
    await bench.agent.take(first);
    await vi.waitFor(() => expect(bench.flash.received?.length).toBe(1_000));
    isHeld = false;
    const second = await server.order({ version: "9.1.0", sequence: 6 });
    await bench.agent.take(second);
    await bench.settled();
    expect(bench.agent.image.version).toBe("9.1.0");
    expect(new Set(bench.reports.slice(1).map(({ id }) => id))).toEqual(new Set([second.execution]));
  });
});

describe("an order that is refused", () => {
  const seconds = () => Math.floor(Date.now() / 1000);

  test.each<[string, () => Parameters<FirmwareServer["order"]>[0], UpdaterBenchOptions, string]>([
    ["for another device", () => ({ device: "MM002" }), {}, "incompatible"],
    ["for another type", () => ({ deviceType: "gate" }), {}, "incompatible"],
    ["for another model", () => ({ models: ["LF-300"] }), { model: "LF-200" }, "incompatible"],
    ["expired", () => ({ exp: seconds() - 1 }), {}, "expired"],
    ["on an empty battery", () => ({}), { chargePercent: 12 }, "battery"],
    ["larger than a slot", () => ({ sizeBytes: 70_000_000 }), {}, "no_space"],
    ["changed on its way", () => ({}), { fault: "tampered" }, "signature"],
  ])("%s", async (_, given, options, code) => {
    const bench = new UpdaterBench(server, options);
    expect(await bench.agent.take(await server.order(given()))).toMatchObject({ code });
    expect([bench.flash.update, bench.agent.execution, bench.reports, server.ranges]).toEqual([undefined, undefined, [], []]);
    expect(bench.agent.image.version).toBe(OLD);
  });

  test("older than what runs, unless the manifest allows it", async () => {
    const bench = new UpdaterBench(server);
    await bench.agent.take(await server.order());
    await bench.settled();
    const older = { version: "8.0.0", sequence: 4 };
    expect(await bench.agent.take(await server.order(older))).toMatchObject({ code: "downgrade" });
    expect(bench.agent.image.version).toBe("9.0.0");
    expect(await bench.agent.take(await server.order({ ...older, allowDowngrade: true }))).toBeUndefined();
    await bench.settled();
    expect(bench.agent.image).toMatchObject({ version: "8.0.0", sequence: 4 });
  });

  test("with the manifest of another update", async () => {
    const bench = new UpdaterBench(server);
    const [order, other] = [await server.order(), await server.order()];
    expect(await bench.agent.take({ ...order, manifest: other.manifest })).toMatchObject({ code: "incompatible" });
  });

  test.each(["", "a.b.c", "not a jws", "eyJhbGciOiJub25lIn0.e30."])("with %j instead of a manifest", async (manifest) => {
    const bench = new UpdaterBench(server);
    expect(await bench.agent.take({ ...(await server.order()), manifest })).toMatchObject({ code: "signature" });
  });

  test("signed by somebody else, even under a known key's name", async () => {
    const bench = new UpdaterBench(server);
    const { signer, published } = server;
    await server.rotate();
    const stranger = server.signer;
    server.published = published;
    expect(await bench.agent.take(await server.order())).toMatchObject({ code: "signature" });
    server.signer = { ...stranger, publicKey: { ...stranger.publicKey, kid: signer.publicKey.kid } };
    expect(await bench.agent.take(await server.order())).toMatchObject({ code: "signature" });
    expect(server.keyRequests).toBe(1);
  });
});

test("while a new image proves itself, nothing else is begun", async () => {
  const bench = new UpdaterBench(server, { speedUp: 10 });
  await bench.agent.take(await server.order());
  await vi.waitFor(() => expect(bench.agent.execution?.state).toBe("verifying"), { timeout: 8_000, interval: 5 });
  expect(await bench.agent.take(await server.order({ version: "9.1.0", sequence: 6 }))).toMatchObject({ code: "unknown" });
  await bench.settled();
  expect(bench.agent.image.version).toBe("9.0.0");
});

describe("keys", () => {
  test("after two rotations the way leads from the key it knows to the one that signs", async () => {
    const bench = new UpdaterBench(server);
    await server.rotate();
    await server.rotate();
    expect(await bench.agent.take(await server.order())).toBeUndefined();
    expect(bench.flash.keys).toEqual(server.published.keys);
    await bench.settled();
    await bench.agent.take(await server.order({ version: "9.1.0", sequence: 6 }));
    expect(server.keyRequests).toBe(1);
    await bench.settled();
  });

  test("a set that nobody vouches for is not believed, but a device without keys takes its first", async () => {
    const known = new UpdaterBench(server);
    const fresh = new UpdaterBench(server, { keys: [] });
    await server.rotate();
    server.published = { ...server.published, endorsements: [] };
    const order = await server.order();
    expect(await known.agent.take(order)).toMatchObject({ code: "signature" });
    expect(await fresh.agent.take(order)).toBeUndefined();
    expect(fresh.flash.keys).toEqual(server.published.keys);
    await fresh.settled();
  });

  test("are asked for again when the connection is cut; out of reach is not a false signature", async () => {
    const bench = new UpdaterBench(server, { keys: [] });
    server.keyCuts = 3;
    expect(await bench.agent.take(await server.order())).toBeUndefined();
    expect(server.keyRequests).toBe(4);
    await bench.settled();

    const lonely = new UpdaterBench(server, { keys: [] });
    server.keyCuts = Number.POSITIVE_INFINITY;
    expect(await lonely.agent.take(await server.order())).toMatchObject({ code: "network" });
    expect(lonely.flash.keys).toEqual([]);
  });
});

describe("what goes wrong with an update", () => {
  test.each<[UpdateFault, string, string | undefined, string]>([
    ["corrupt", "failed", "hash", OLD],
    ["self_test", "rolled_back", "self_test", OLD],
    ["boot_loop", "rolled_back", "boot", OLD],
    ["lie", "completed", undefined, OLD],
    ["drop", "completed", undefined, "9.0.0"],
    ["slow", "completed", undefined, "9.0.0"],
    ["power", "completed", undefined, "9.0.0"],
  ])("%s: %s", async (fault, state, code, version) => {
    const bench = new UpdaterBench(server, { fault });
    await bench.agent.take(await server.order());
    await bench.settled();
    expect(bench.reports.at(-1)).toMatchObject({ state, ...(code ? { code } : {}) });
    expect(bench.agent.image.version).toBe(version);
    if (fault === "boot_loop") expect(bench.boots).toEqual(["firmware_update", "watchdog", "watchdog", "watchdog"]);
    if (fault === "power") expect(bench.boots).toContain("power_on");
    if (fault === "drop") expect(server.ranges.filter((range) => range?.startsWith("bytes=")).length).toBeGreaterThanOrEqual(2);
  });

  test("an image that cannot reach the server takes itself back", async () => {
    const bench = new UpdaterBench(server, { reachesServer: false });
    await bench.agent.take(await server.order());
    await bench.settled();
    expect(bench.reports.at(-1)).toMatchObject({ state: "rolled_back", code: "self_test", error: "the server was not reached" });
    expect(bench.agent.image.version).toBe(OLD);
  });

  test("brick: nothing is ever heard again", async () => {
    const bench = new UpdaterBench(server, { fault: "brick" });
    await bench.agent.take(await server.order());
    await bench.settled();
    expect([bench.isDead, bench.states.at(-1)]).toEqual([true, "installing"]);
  });

  test("an image that says it is another one is not installed", async () => {
    const bench = new UpdaterBench(server);
    const image = sampleImage({ type: "milk_meter", version: "8.8.8" });
    await bench.agent.take(await server.order({ image }));
    await bench.settled();
    expect(bench.reports.at(-1)).toMatchObject({ state: "failed", code: "incompatible" });
  });
});

test(
  "wherever and however often the power is cut, the device ends on the old or the new image, never on none",
  { timeout: 120_000 },
  async () => {
    const faults = fc.constantFrom<(UpdateFault | undefined)[]>(undefined, undefined, "drop", "corrupt", "self_test", "boot_loop", "power");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 6 }),
        faults,
        fc.integer({ min: 1, max: 99 }),
        async (cuts, fault, seed) => {
          const order = await server.order({ execution: "019776a1-6f0e-7c3a-9b1e-2f4d8c5a7e10" });
          const bench = new UpdaterBench(server, { cuts, seed, ...(fault ? { fault } : {}) });
          await bench.agent.take(order).catch(() => undefined);
          // A cut before the order was taken on leaves nothing to do.
          if (bench.flash.update) await bench.settled();
          const { image, execution } = bench.agent;
          const end = bench.flash.update?.report.state;
          expect([undefined, "completed", "failed", "rolled_back"]).toContain(end);
          expect(image).toEqual(end === "completed" ? updated(order) : { version: OLD, sequence: 0, sha256: undefined });
          expect(bench.flash.slots[bench.flash.active]).toEqual(image);
          if (fault === undefined && cuts.length <= 2) expect([undefined, "completed"]).toContain(end);
          if (execution) expect(execution.state).toBe(end);
        },
      ),
      { numRuns: 150 },
    );
  },
);
