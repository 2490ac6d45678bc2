import { createHash } from "node:crypto";
import { presetStages } from "@/server/domain/rollouts/presets";
import { SKIP_REASON_TEXTS } from "@/server/domain/rollouts/explain";
import { rolloutPolicySchema, scheduleUpdateSchema } from "@/server/domain/rollouts/schema";
import { deviceFilterSchema } from "@/server/domain/devices/list-schema";
import { AppError, fieldError } from "@/server/errors";
import { farmIdsWith, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { createRollout } from "./create-rollout";
import { preflight } from "./preflight";

export interface ScheduledUpdate {
  id: string;
  devices: number;
}

/**
 * One firmware for named devices, all at once (specification Task 2.1 `schedule_update`, 7.2 `POST /firmware/update`):
 * all of them or nothing. Gates, limits and stops are the same as for every rollout.
 * @param requestKey what the caller calls this request; repeated, it schedules nothing more
 * @throws invalid_input on `deviceIds` naming those that cannot be updated and why, not_found, conflict, forbidden
 */
export async function scheduleUpdate({
  ctx,
  input,
  requestKey,
}: {
  ctx: ServiceContext;
  input: unknown;
  requestKey: string;
}): Promise<ScheduledUpdate> {
  const { deviceIds, firmwareId, scheduledAt, options } = parseInput(scheduleUpdateSchema, input);
  const { userId } = requireUser(ctx.actor);
  if (farmIdsWith(ctx.actor, "rollout.manage")?.length === 0) throw new AppError("forbidden", "Your role does not allow rollouts.");
  const ownKey = createHash("sha256").update(`${userId} ${requestKey}`).digest("base64url");
  const former = await ctx.db.rollout.findUnique({
    where: { requestKey: ownKey },
    select: { id: true, _count: { select: { targets: true } } },
  });
  if (former) return { id: former.id, devices: former._count.targets };
  const plan = {
    firmwareId,
    filter: deviceFilterSchema.parse({ deviceIds }),
    except: [],
    stages: presetStages("at_once"),
    policy: rolloutPolicySchema.parse({
      failurePolicy: options.rollbackOnFailure ? "rollback_all" : "pause",
      forceUpdate: options.forceUpdate,
      forceReason: options.forceUpdate ? (options.reason ?? "Asked for over the interface") : null,
      notifyOnComplete: options.notifyOnComplete,
    }),
  };
  const { skipped, total, willUpdate, planHash } = await preflight({ ctx, input: plan });
  if (total < deviceIds.length) throw fieldError("not_found", "deviceIds", "One of these devices is not on your farms.");
  if (skipped.length > 0) {
    const refused = skipped.map(({ reason, examples }) => `${examples.join(", ")}: ${SKIP_REASON_TEXTS[reason].reason.toLowerCase()}`);
    throw fieldError("invalid_input", "deviceIds", `Nothing was scheduled. ${refused.join("; ")}`);
  }
  const { id } = await createRollout({
    ctx,
    input: {
      ...plan,
      name: `Update of ${willUpdate === 1 ? (deviceIds[0] ?? "one device") : `${willUpdate} devices`}`,
      scheduledAt,
      planHash,
      requestKey: ownKey,
    },
  });
  return { id, devices: willUpdate };
}
