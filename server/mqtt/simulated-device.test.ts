import type { MqttClient } from "mqtt";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { configureDevice } from "@/server/services/commands/configure-device";
import { restartDevice } from "@/server/services/commands/restart-device";
import { getDiagnostic } from "@/server/services/diagnostics/get-diagnostic";
import { runDiagnostic } from "@/server/services/diagnostics/run-diagnostic";
import { SERVICE_ACCOUNT, startTestBroker } from "@/server/testing/broker";
import { actorWith, contextOf, testDevice, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { ConnectGate } from "@/simulator/connect-gate";
import { emptyTally } from "@/simulator/herd-tally";
import { VirtualDevice } from "@/simulator/virtual-device";
import type { RunningBroker } from "./broker/start-broker";
import { connectService } from "./connect-service";
import { CommandPublisher } from "./publisher";

const database = useTestDatabase();
let broker: RunningBroker;
let service: MqttClient;
let publisher: CommandPublisher;
let deviceId: string;
let virtual: VirtualDevice;

beforeAll(async () => {
  broker = await startTestBroker(database.db);
  service = connectService(`mqtt://127.0.0.1:${broker.port}`, { ...SERVICE_ACCOUNT, clientId: "smartdairy-worker-down", clean: true });
  publisher = new CommandPublisher(database.db, service, 2);
});

afterAll(async () => {
  await publisher.stop();
  await service.endAsync();
  await broker.stop();
});

beforeEach(async () => {
  const farm = await testFarm(database.db);
  const device = await testDevice(database.db, { farmId: farm.id, lifecycle: "active" });
  deviceId = device.deviceId;
  virtual = new VirtualDevice({
    identity: { deviceId, type: "milk_meter", password: device.password, powerSource: "mains" },
    url: `mqtt://127.0.0.1:${broker.port}`,
    intervalSeconds: 1,
    speedUp: 20,
    seed: 1,
    faults: "none",
    gate: new ConnectGate(10),
    tally: emptyTally(1),
  });
});

afterEach(() => virtual.stop());

const ctx = () => contextOf(database.db, actorWith("admin"));
const commandOf = (id: string) => database.db.deviceCommand.findUniqueOrThrow({ where: { id } });
const eventually = (assertion: () => Promise<void>) => vi.waitFor(assertion, { timeout: 20_000, interval: 50 });

test("a device that was away comes back, takes its configuration, restarts and is examined", async () => {
  const configured = await configureDevice({ ctx: ctx(), input: { deviceId, reportingIntervalSeconds: 10, lowBatteryThreshold: 15 } });
  const restarted = await restartDevice({ ctx: ctx(), input: { deviceId, reason: "Display frozen" } });
  const diagnosed = await runDiagnostic({ ctx: ctx(), input: { deviceId } });
  virtual.start();
  await eventually(async () => expect((await getDiagnostic({ ctx: ctx(), input: diagnosed })).state).toBe("completed"));
  expect(await commandOf(configured.commandId)).toMatchObject({
    state: "succeeded",
    result: { reportIntervalSeconds: 10, lowBatteryThreshold: 15 },
  });
  expect(await commandOf(restarted.commandId)).toMatchObject({ state: "succeeded", error: null });
  const state = await database.db.deviceState.findFirstOrThrow({ where: { device: { deviceId } } });
  expect(state).toMatchObject({ restartCount: 1, lastRestartReason: "command" });
  const report = await getDiagnostic({ ctx: ctx(), input: diagnosed });
  expect(report.result).not.toBe("failed");
  expect(report.checks.filter(({ source }) => source === "device").map(({ key }) => key)).toEqual(
    expect.arrayContaining(["answer", "storage", "clock", "memory", "connectivity", "firmware"]),
  );
  expect(report.checks.find(({ key }) => key === "clock_skew")).toMatchObject({ source: "server", result: "passed" });
});
