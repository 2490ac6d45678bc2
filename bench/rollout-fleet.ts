import { randomBytes, randomUUID } from "node:crypto";
import { mintFarmScope } from "@/server/auth/mint-farm-scope";
import type { Database } from "@/server/db/client";
import { versionKey } from "@/server/domain/firmware/version-order";
import type { ServiceContext } from "@/server/services/context";
import { createRollout } from "@/server/services/rollouts/create-rollout";
import { preflight } from "@/server/services/rollouts/preflight";
import { seedFleet } from "./fleet";

/** Everybody at once; nothing stops it. */
export const OPEN_STAGE = {
  name: "All",
  size: { kind: "percent", upTo: 100 },
  successThreshold: 100,
  failureThreshold: 100,
  minimumSample: 100_000,
};
/** The usual three: a few, a quarter, the rest. */
const STAGES = [5, 25, 100].map((upTo) => ({ ...OPEN_STAGE, name: `Up to ${upTo} %`, size: { kind: "percent", upTo } }));

export interface RolloutFleet {
  ctx: ServiceContext;
  firmwareId: string;
  /** Previews and creates a rollout to every device, as the wizard does. @returns how long creating it took, and its id */
  rollOut(given?: { stages?: object[]; policy?: object; filter?: object }): Promise<{ id: string; ms: number; preflightMs: number }>;
  /** As before any rollout but the settled one. */
  clear(): Promise<void>;
}

/** Connected milk meters that run 1.0.0, to which they came by a rollout that is over, and a version 2.0.0 for them. */
export async function seedRolloutFleet(db: Database, devices: number): Promise<RolloutFleet> {
  await seedFleet(db, devices);
  await db.$executeRaw`UPDATE device SET type = 'milk_meter', lifecycle = 'active', power_source = 'mains'`;
  await db.$executeRaw`
    UPDATE device_state SET connected = true, last_seen_at = now(), firmware_version = '1.0.0', boot_id = 'boot-1', signal_strength = -50`;
  const [former, next] = [await addFirmware(db, "1.0.0", 1), await addFirmware(db, "2.0.0", 2)];
  const user = await db.user.create({ data: { id: randomUUID(), name: "Bench", email: "bench@demo.example", emailVerified: true } });
  const scope = mintFarmScope({ isAdmin: true, memberships: [] });
  const actor = { kind: "user" as const, userId: user.id, name: user.name, email: user.email, isAdmin: true, scope };
  const ctx = { db, actor, now: new Date(), requestId: "bench" };
  await db.$executeRaw`UPDATE device_state SET firmware_version = '0.9.0'`;
  const settled = (await rollOut(ctx, former, { stages: STAGES })).id;
  await db.$executeRaw`UPDATE device_state SET firmware_version = '1.0.0'`;
  await db.$executeRaw`UPDATE rollout SET state = 'completed', finished_at = now()`;
  await db.$executeRaw`UPDATE rollout_target SET state = 'completed', sent_at = now() - interval '1 day', finished_at = now()`;
  await db.$executeRawUnsafe("VACUUM FULL ANALYZE");
  return {
    ctx,
    firmwareId: next,
    rollOut: (given = {}) => rollOut(ctx, next, { stages: STAGES, ...given }),
    async clear() {
      await db.$executeRaw`DELETE FROM device_command`;
      await db.$executeRaw`DELETE FROM rollout_log`;
      await db.$executeRaw`DELETE FROM rollout_target WHERE rollout_id <> ${settled}::uuid`;
      await db.$executeRaw`DELETE FROM rollout WHERE id <> ${settled}::uuid`;
      await db.$executeRaw`DELETE FROM change_feed`;
      await db.$executeRaw`UPDATE device_state SET connected = true, firmware_version = '1.0.0', boot_id = 'boot-1'`;
      await db.$executeRawUnsafe("VACUUM ANALYZE device, device_state, device_command, rollout, rollout_log, rollout_target, change_feed");
    },
  };
}

async function addFirmware(db: Database, version: string, sequence: number): Promise<string> {
  const sha256 = randomBytes(32).toString("hex");
  await db.firmwareArtifact.create({ data: { sha256, sizeBytes: 1_500_000, format: "elf" } });
  const facts = { name: `Milk meter ${version}`, version, versionKey: versionKey(version), deviceType: "milk_meter" as const };
  const { id } = await db.firmwareVersion.create({
    data: { ...facts, state: "stable", sequence, artifactSha256: sha256, releaseDate: new Date() },
    select: { id: true },
  });
  return id;
}

async function rollOut(
  ctx: ServiceContext,
  firmwareId: string,
  { stages, policy = {}, filter = {} }: { stages: object[]; policy?: object; filter?: object },
) {
  const plan = { firmwareId, filter, stages, policy: { respectMilking: true, ...policy } };
  const began = performance.now();
  const { planHash } = await preflight({ ctx, input: plan });
  const previewed = performance.now();
  const requestKey = randomBytes(32).toString("base64url");
  const { id } = await createRollout({ ctx, input: { ...plan, name: "A bench", planHash, requestKey } });
  return { id, ms: performance.now() - previewed, preflightMs: previewed - began };
}
