import {
  commandRolloutSchema,
  createRolloutSchema,
  deviceUpdatesSchema,
  listRolloutsSchema,
  listTargetsSchema,
  preflightSchema,
  rolloutIdSchema,
  rolloutTargetSchema,
} from "@/server/domain/rollouts/schema";
import { approveStage } from "@/server/services/rollouts/approve-stage";
import { cancelRollout } from "@/server/services/rollouts/cancel-rollout";
import { createRollout } from "@/server/services/rollouts/create-rollout";
import { getCourse } from "@/server/services/rollouts/get-course";
import { getRollout } from "@/server/services/rollouts/get-rollout";
import { listDeeds } from "@/server/services/rollouts/list-deeds";
import { listDeviceUpdates } from "@/server/services/rollouts/list-device-updates";
import { listRollouts } from "@/server/services/rollouts/list-rollouts";
import { listTargets } from "@/server/services/rollouts/list-targets";
import { pauseRollout } from "@/server/services/rollouts/pause-rollout";
import { preflight } from "@/server/services/rollouts/preflight";
import { resumeRollout } from "@/server/services/rollouts/resume-rollout";
import { retryFailed } from "@/server/services/rollouts/retry-failed";
import { rollBackRollout } from "@/server/services/rollouts/roll-back-rollout";
import { skipTarget } from "@/server/services/rollouts/skip-target";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const rolloutsRouter = router({
  list: procedure.input(inputOf(listRolloutsSchema)).query(({ ctx, input }) => listRollouts({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(rolloutIdSchema)).query(({ ctx, input }) => getRollout({ ctx: ctx.service, input })),
  course: procedure.input(inputOf(rolloutIdSchema)).query(({ ctx, input }) => getCourse({ ctx: ctx.service, input })),
  deeds: procedure.input(inputOf(rolloutIdSchema)).query(({ ctx, input }) => listDeeds({ ctx: ctx.service, input })),
  targets: procedure.input(inputOf(listTargetsSchema)).query(({ ctx, input }) => listTargets({ ctx: ctx.service, input })),
  ofDevice: procedure.input(inputOf(deviceUpdatesSchema)).query(({ ctx, input }) => listDeviceUpdates({ ctx: ctx.service, input })),
  preflight: procedure.input(inputOf(preflightSchema)).query(({ ctx, input }) => preflight({ ctx: ctx.service, input })),
  create: procedure.input(inputOf(createRolloutSchema)).mutation(({ ctx, input }) => createRollout({ ctx: ctx.service, input })),
  pause: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => pauseRollout({ ctx: ctx.service, input })),
  resume: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => resumeRollout({ ctx: ctx.service, input })),
  cancel: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => cancelRollout({ ctx: ctx.service, input })),
  approve: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => approveStage({ ctx: ctx.service, input })),
  retry: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => retryFailed({ ctx: ctx.service, input })),
  rollBack: procedure.input(inputOf(commandRolloutSchema)).mutation(({ ctx, input }) => rollBackRollout({ ctx: ctx.service, input })),
  skip: procedure.input(inputOf(rolloutTargetSchema)).mutation(({ ctx, input }) => skipTarget({ ctx: ctx.service, input })),
});
