import { afterEach, beforeEach, expect, test } from "vitest";
import { firmwarePayload, responsePayload, statusPayload } from "@/server/mqtt/payloads";
import type { UpdateOrder } from "./firmware/judge-order";
import type { UpdateFault } from "./firmware/update-faults";
import { DEVICE_ID, eventually, TestBench } from "./test-bench";
import type { TestBroker } from "./test-broker";
import { FirmwareServer } from "./test-firmware-server";

let bench: TestBench;
let broker: TestBroker;
let server: FirmwareServer;
beforeEach(async () => {
  bench = await TestBench.start();
  broker = bench.broker;
  server = await FirmwareServer.start();
});
afterEach(async () => {
  await bench.stop();
  await server.stop();
});

const reports = () => broker.messages(DEVICE_ID, "firmware");
const states = () =>
  reports()
    .map(({ state }) => state)
    .filter((state, index, all) => state !== all[index - 1]);
const answers = (id: string) => broker.messages(DEVICE_ID, "response").filter((message) => message.id === id);
const beats = () => broker.heartbeats(DEVICE_ID);

async function running(fault?: UpdateFault) {
  const started = bench.device({ firmwareKeys: server.published, ...(fault ? { updateFaults: { [fault]: 1 } } : {}) });
  await eventually(() => expect(started.tally.heartbeats).toBeGreaterThanOrEqual(1));
  return { ...started, before: beats()[0] as { bootId: string; firmwareVersion: string } };
}

const send = (order: UpdateOrder) => broker.command(DEVICE_ID, "firmware_update", { ...order });

test("a device takes an update on, tells its states, says goodbye, and comes back as another boot with the new version", async () => {
  const { tally, before } = await running();
  const order = await server.order();
  const { id } = await send(order);
  await eventually(() => expect(reports().at(-1)).toMatchObject({ id: order.execution, attempt: 1, state: "completed" }));
  expect(answers(id).map(({ state }) => state)).toEqual(["acknowledged", "succeeded"]);
  expect(states()).toEqual(["downloading", "downloaded", "installing", "verifying", "completed"]);
  expect(broker.messages(DEVICE_ID, "status")).toContainEqual({ online: false, bootId: before.bootId });
  await eventually(() => expect(beats().at(-1)!.execution).toBeUndefined());
  const after = beats().find(({ bootId }) => bootId !== before.bootId);
  expect(after).toMatchObject({ firmwareVersion: "9.0.0", restartReason: "firmware_update", seq: 0 });
  for (const beat of beats().filter(({ bootId }) => bootId === before.bootId)) expect(beat.firmwareVersion).toBe(before.firmwareVersion);
  const told = beats().flatMap(({ execution }) => (execution ? [execution as { id: string; attempt: number }] : []));
  expect(told.length).toBeGreaterThan(0);
  for (const execution of told) expect([execution.id, execution.attempt]).toEqual([order.execution, 1]);
  for (const beat of beats()) expect(statusPayload.safeParse(beat).error).toBeUndefined();
  for (const report of reports()) expect(firmwarePayload.safeParse(report).error).toBeUndefined();
  expect([tally.updatesCompleted, tally.updatesFailed, tally.restarts]).toEqual([1, 0, 1]);

  const examination = await broker.command(DEVICE_ID, "diagnostic");
  await eventually(() => expect(answers(examination.id)).toHaveLength(2));
  expect(answers(examination.id)[1]!.result).toMatchObject({ firmware: { version: "9.0.0", sha256: order.url.split("/").at(-1) } });
});

test("a refused update is answered with a code, and changes nothing", async () => {
  const { tally } = await running();
  const order = await server.order({ device: "MM002" });
  const { id } = await send(order);
  await eventually(() =>
    expect(answers(id).map(({ state, code }) => [state, code])).toEqual([
      ["acknowledged", undefined],
      ["failed", "incompatible"],
    ]),
  );
  for (const answer of answers(id)) expect(responsePayload.safeParse(answer).error).toBeUndefined();
  expect([reports(), server.ranges, tally.updatesRefused]).toEqual([[], [], 1]);
});

test("a device whose plug is pulled in the middle of the download goes on from there", async () => {
  let isHeld = true;
  server.misbehave = (image, _, response) =>
    isHeld && (response.writeHead(200, { "content-length": image.length }).write(image.subarray(0, 50_000)), true);
  const { virtual } = await running();
  await send(await server.order());
  await eventually(() => expect(reports().some(({ progress }) => Number(progress) >= 10)).toBe(true));
  virtual.kill();
  isHeld = false;
  virtual.start();
  await eventually(() => expect(states().at(-1)).toBe("completed"));
  expect(server.ranges).toEqual([undefined, "bytes=50000-"]);
});

test("an order that a loss of power keeps from being judged is judged after the boot", async () => {
  const { virtual, tally } = await running();
  const stranger = await FirmwareServer.start();
  // Its key is unknown, so the device asks the server, and that takes its time.
  const isAsked = stranger.holdKeys();
  const { id } = await send(await stranger.order());
  await isAsked;
  virtual.kill();
  virtual.start();
  await eventually(() => expect(answers(id).map(({ state }) => state)).toEqual(["acknowledged", "failed"]));
  expect(answers(id)[1]).toMatchObject({ code: "signature" });
  expect([reports(), tally.updatesRefused]).toEqual([[], 1]);
  await stranger.stop();
});

test("what the broker missed while it was away is told when it is back", async () => {
  await running();
  const order = await server.order();
  server.misbehave = () => (void broker.goDown(), false);
  await send(order);
  await eventually(() => expect(server.ranges.length).toBeGreaterThan(0));
  server.misbehave = () => false;
  await new Promise((resolve) => setTimeout(resolve, 300));
  await broker.reopen();
  await eventually(() => expect(reports().at(-1)).toMatchObject({ id: order.execution, state: "completed" }));
  await eventually(() => expect(beats().at(-1)).toMatchObject({ firmwareVersion: "9.0.0" }));
});

test("a device that lies says completed and goes on as before", async () => {
  const { before } = await running("lie");
  await send(await server.order());
  await eventually(() => expect(states().at(-1)).toBe("completed"));
  const count = beats().length;
  await eventually(() => expect(beats().length).toBeGreaterThan(count + 1));
  expect(beats().at(-1)).toMatchObject({ firmwareVersion: before.firmwareVersion });
  expect(beats().at(-1)!.bootId).not.toBe(before.bootId);
});

test("a device that crashes with the new firmware comes back with the old one", async () => {
  const { before, tally } = await running("boot_loop");
  await send(await server.order());
  await eventually(() => expect(reports().at(-1)).toMatchObject({ state: "rolled_back", code: "boot" }));
  await eventually(() => expect(beats().at(-1)).toMatchObject({ firmwareVersion: before.firmwareVersion }));
  expect(tally).toMatchObject({ updatesFailed: 1, restarts: 4 });
});

test("a bricked device is never heard again", async () => {
  const { tally } = await running("brick");
  await send(await server.order());
  await eventually(() => expect(tally.bricked).toBe(1));
  await eventually(() => expect(tally.connected).toBe(0));
  expect(states().at(-1)).toBe("installing");
});
