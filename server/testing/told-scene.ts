import { beforeEach } from "vitest";
import type { Farm, RolloutEvent, User } from "@/server/db/generated/client";
import type { RolloutUncheckedUpdateInput } from "@/server/db/generated/models/Rollout";
import type { RolloutEventUncheckedCreateInput } from "@/server/db/generated/models/RolloutEvent";
import type { RolloutEventKind } from "@/server/domain/rollouts/vocabulary";
import { saveNotificationRule } from "@/server/services/notifications/save-rule";
import { actorWith, contextOf, testFarm, testPerson } from "./builders";
import type { TestDatabase } from "./database";
import { testFirmware, testRolloutRow } from "./rollouts";

export const NOW = new Date("2026-03-10T12:00:00Z");
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const STATES = { paused: "paused", failed: "failed", completed: "completed", awaiting_approval: "in_progress" } as const;
const CAUSE = { kind: "failures", failed: 1, resolved: 5, thresholdPercent: 10 };

interface Given {
  event?: Partial<RolloutEventUncheckedCreateInput>;
  rollout?: RolloutUncheckedUpdateInput;
  farmIds?: string[];
}

/** Rollouts that somebody made on a farm, to which things have happened, and people who want to be told; before each test anew. */
export function useToldScene(database: TestDatabase) {
  const scene = {} as { farmId: Farm["id"]; firmwareId: string; maker: User };

  const member = (...farmIds: string[]): Promise<User> =>
    testPerson(database.db, { memberships: { create: farmIds.map((farmId) => ({ farmId, role: "farm_manager" as const })) } });

  beforeEach(async () => {
    const { db } = database;
    await db.notificationRule.deleteMany();
    await db.rollout.deleteMany();
    await db.firmwareVersion.deleteMany();
    scene.farmId = (await testFarm(db)).id;
    scene.firmwareId = (await testFirmware(db, "2.0.0")).id;
    scene.maker = await member(scene.farmId);
  });

  /** That person in the service, on these farms. */
  const contextFor = ({ id }: { id: string }, ...farmIds: string[]) =>
    contextOf(database.db, { ...actorWith("farm_manager", ...(farmIds.length > 0 ? farmIds : [scene.farmId])), userId: id }, NOW);

  return {
    scene,
    member,
    contextFor,
    wish: async (owner: User, rule: Record<string, unknown> = {}, ...farms: string[]): Promise<string> => {
      const usual = { name: "Rollouts", aboutAlerts: false, minSeverity: "warning", channels: ["in_app"], timeZone: "Europe/Berlin" };
      const ctx = contextFor(owner, scene.farmId, ...farms);
      return (await saveNotificationRule({ ctx, input: { rule: { ...usual, ...rule } } })).id;
    },
    /** As the tick would have left it (server/services/rollouts/tick/rollout-events.test.ts). */
    happen: async (kind: RolloutEventKind, { event, rollout, farmIds = [scene.farmId] }: Given = {}): Promise<RolloutEvent> => {
      const { db } = database;
      const { id: rolloutId } = await testRolloutRow(db, { firmwareId: scene.firmwareId, farmIds, name: "Meters" });
      const state = { createdById: scene.maker.id, state: STATES[kind], pausedAt: NOW, finishedAt: NOW };
      await db.rollout.update({ where: { id: rolloutId }, data: { ...state, ...rollout } });
      if (kind === "awaiting_approval") await db.rolloutStage.updateMany({ where: { rolloutId }, data: { state: "awaiting_approval" } });
      const cause = kind === "paused" || kind === "failed" ? CAUSE : undefined;
      const counts = { [farmIds[0] ?? ""]: { completed: 4, failed: 1 } };
      return db.rolloutEvent.create({ data: { rolloutId, at: NOW, kind, position: 0, cause, counts, ...event } });
    },
    /** Who was told, or is to be, and how: `maker in_app sent by rule`. */
    told: async (): Promise<string[]> => {
      const rows = await database.db.notification.findMany({ include: { user: true, rule: true } });
      return rows
        .map(({ user, channel, state, dropped, rule }) =>
          [user.id === scene.maker.id ? "maker" : user.name, channel, dropped ?? state, ...(rule ? ["by rule"] : [])].join(" "),
        )
        .sort();
    },
  };
}
