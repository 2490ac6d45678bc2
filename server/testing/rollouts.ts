import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@/server/db/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { versionKey } from "@/server/domain/firmware/version-order";
import type { RolloutTargetState } from "@/server/db/generated/enums";
import type { UserActor } from "@/server/actor";
import { createRollout } from "@/server/services/rollouts/create-rollout";
import { preflight } from "@/server/services/rollouts/preflight";
import type { Delivery } from "@/server/services/rollouts/tick/claim-targets";
import { contextOf, requestKey, testDevice } from "./builders";

let sequence = 0;

/** A version that may be rolled out; its file is only a row. */
export async function testFirmware(db: Database, version: string, given: { deviceType?: DeviceType; minPreviousVersion?: string } = {}) {
  const sha256 = randomBytes(32).toString("hex");
  await db.firmwareArtifact.create({ data: { sha256, sizeBytes: 1_000, format: "elf" } });
  return db.firmwareVersion.create({
    data: {
      name: `Firmware ${version}`,
      version,
      versionKey: versionKey(version),
      deviceType: "milk_meter",
      state: "stable",
      sequence: ++sequence,
      artifactSha256: sha256,
      releaseDate: new Date("2026-01-01"),
      ...given,
    },
  });
}

/** A device in service, connected, that runs a version. */
export async function testRunning(db: Database, farmId: string, version: string, given: Parameters<typeof testDevice>[1] | object = {}) {
  const { state, ...device } = given as { state?: object };
  return testDevice(db, {
    farmId,
    lifecycle: "active",
    powerSource: "mains",
    ...device,
    state: { connected: true, firmwareVersion: version, bootId: "boot-1", lastSeenAt: new Date(), ...state },
  });
}

/** A rollout that begins tomorrow, with one stage and no device yet: for tests of what is around it. */
export function testRolloutRow(db: Database, given: { firmwareId: string; farmIds: string[]; name?: string }) {
  const gate = { successThreshold: 90, failureThreshold: 10, minimumSample: 1, soakMinutes: 0, needsApproval: false };
  return db.rollout.create({
    data: {
      name: "A rollout",
      deviceType: "milk_meter",
      state: "scheduled",
      requestKey: randomUUID(),
      failurePolicy: "pause",
      maxInFlight: 1,
      minBatteryLevel: 0,
      respectMilking: false,
      milkingMargin: 0,
      scheduledAt: new Date(Date.now() + 86_400_000),
      stages: { create: { position: 0, name: "All", ...gate } },
      ...given,
    },
  });
}

/** One gate that never stops and never waits. */
export const OPEN_STAGE = {
  name: "All",
  size: { kind: "percent", upTo: 100 },
  successThreshold: 100,
  failureThreshold: 100,
  minimumSample: 1,
};

/** Previews and creates, as the wizard does. */
export async function testRollout(
  db: Database,
  actor: UserActor,
  given: { firmwareId: string; now: Date; stages?: object[]; policy?: object; filter?: object; name?: string },
): Promise<string> {
  const { firmwareId, now, stages = [OPEN_STAGE], policy = {}, filter = {}, name = "A rollout" } = given;
  const ctx = contextOf(db, actor, now);
  const plan = { firmwareId, filter, stages, policy: { maxInFlightGroup: null, ...policy } };
  const { planHash } = await preflight({ ctx, input: plan });
  const { id } = await createRollout({ ctx, input: { ...plan, name, planHash, requestKey: requestKey() } });
  return id;
}

/** For tests of the engine alone: what is signed and where it lies is tested with the downloads. */
export const TEST_DELIVERY: Delivery = {
  sign: (_, manifests) => Promise.resolve(manifests.map(({ execution }) => `signed.${execution}`)),
  urlFor: ({ sha256, deviceId }) => `https://dairy.example/${sha256}?device=${deviceId}`,
};

/** How many devices are in each state, last attempts only. */
export async function countStates(db: Database, rolloutId: string): Promise<Partial<Record<RolloutTargetState, number>>> {
  const rows = await db.rolloutTarget.groupBy({ by: ["state"], where: { rolloutId, superseded: false }, _count: true });
  return Object.fromEntries(rows.map(({ state, _count }) => [state, _count]));
}

/** The device restarts and runs another version, as a heartbeat would have said. */
export async function testReboot(db: Database, deviceKeys: readonly string[], version: string, at: Date): Promise<void> {
  await db.deviceState.updateMany({
    where: { deviceKey: { in: [...deviceKeys] } },
    data: { firmwareVersion: version, bootId: randomUUID(), lastSeenAt: at },
  });
}
