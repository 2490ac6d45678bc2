import { beforeEach } from "vitest";
import { Prisma } from "@/server/db/generated/client";
import type { ReportedUpdateState } from "@/server/domain/rollouts/vocabulary";
import { applyUpdateReports, reconcileTargets } from "@/server/services/rollouts/reports";
import type { pauseRollout } from "@/server/services/rollouts/pause-rollout";
import type { rollBackRollout } from "@/server/services/rollouts/roll-back-rollout";
import { tickRollouts } from "@/server/services/rollouts/tick/tick-rollouts";
import { actorWith, contextOf, testFarm } from "./builders";
import type { TestDatabase } from "./database";
import { countStates, TEST_DELIVERY, testFirmware, testReboot, testRollout, testRunning } from "./rollouts";

export const NOW = new Date("2026-03-10T12:00:00Z");
export const admin = actorWith("admin");
export const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

interface Said {
  state: ReportedUpdateState;
  progress?: number;
  code?: "hash" | "boot";
  attempt?: number;
}

/** A farm whose milk meters run 1.0.0, and a version 2.0.0 for them; before each test anew. */
export function useRolloutScene(database: TestDatabase) {
  const scene = { farmId: "", firmwareId: "" };

  beforeEach(async () => {
    const { db } = database;
    await db.rollout.deleteMany();
    await db.alert.deleteMany();
    await db.device.deleteMany();
    await db.firmwareVersion.deleteMany();
    scene.farmId = (await testFarm(db)).id;
    await testFirmware(db, "1.0.0");
    scene.firmwareId = (await testFirmware(db, "2.0.0")).id;
  });

  const targets = (rolloutId: string, where: object = {}) =>
    database.db.rolloutTarget.findMany({
      where: { rolloutId, superseded: false, ...where },
      include: { device: true },
      orderBy: { cohort: "asc" },
    });
  type Target = Awaited<ReturnType<typeof targets>>[number];

  return {
    scene,
    targets,
    tick: (at = NOW) => tickRollouts(database.db, at, TEST_DELIVERY),
    states: (rolloutId: string) => countStates(database.db, rolloutId),
    rollout: (id: string) =>
      database.db.rollout.findUniqueOrThrow({ where: { id }, include: { stages: { orderBy: { position: "asc" } } } }),
    rollOut: (given: object = {}) => testRollout(database.db, admin, { firmwareId: scene.firmwareId, now: NOW, ...given }),
    /** A person's command, decided on the rollout as it is. */
    steer: async (verb: typeof pauseRollout | typeof rollBackRollout, id: string, at = NOW, input: object = {}) => {
      const { version } = await database.db.rollout.findUniqueOrThrow({ where: { id } });
      return verb({ ctx: contextOf(database.db, admin, at), input: { id, version, ...input } });
    },
    herd: async (size: number, given: object = {}) => {
      const devices = [];
      for (let count = 0; count < size; count++) devices.push(await testRunning(database.db, scene.farmId, "1.0.0", given));
      return devices;
    },
    say: async (told: readonly Target[], said: Said, at = NOW) => {
      const reports = told.map(({ id, attempt, device }) => ({
        deviceId: device.deviceId,
        execution: id,
        attempt: said.attempt ?? attempt,
        state: said.state,
        progress: said.progress ?? null,
        code: said.code ?? null,
        error: said.code ? `It says ${said.code}` : null,
      }));
      await database.db.$transaction((tx) => applyUpdateReports(tx, reports, at));
    },
    /** They restart and run another version; their heartbeats are taken in. */
    arrive: async (told: readonly Target[], at = NOW, version = "2.0.0") => {
      const keys = told.map(({ deviceKey }) => deviceKey);
      await testReboot(database.db, keys, version, new Date(at.getTime() + 1_000));
      await database.db.$transaction((tx) => reconcileTargets(tx, Prisma.sql`true`, at));
    },
  };
}
