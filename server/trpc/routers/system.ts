import { previewRetentionSchema, saveRetentionSchema } from "@/server/domain/retention/settings";
import { runJobNowSchema } from "@/server/domain/system/schema";
import { runJob } from "@/server/jobs/run-job";
import { getRetention } from "@/server/services/retention/get-retention";
import { previewRetention } from "@/server/services/retention/preview-retention";
import { saveRetention } from "@/server/services/retention/save-retention";
import { getDatabaseStatus } from "@/server/services/system/get-database-status";
import { getStorage } from "@/server/services/system/get-storage";
import { getSystem } from "@/server/services/system/get-system";
import { runJobNow } from "@/server/services/system/run-job-now";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const systemRouter = router({
  get: procedure.query(({ ctx }) => getSystem({ ctx: ctx.service })),
  database: procedure.query(({ ctx }) => getDatabaseStatus({ ctx: ctx.service })),
  storage: procedure.query(({ ctx }) => getStorage({ ctx: ctx.service })),
  runJob: procedure
    .input(inputOf(runJobNowSchema))
    .mutation(({ ctx, input }) => runJobNow({ ctx: ctx.service, input, run: (job) => runJob(ctx.db, job) })),
  retention: procedure.query(({ ctx }) => getRetention({ ctx: ctx.service })),
  previewRetention: procedure
    .input(inputOf(previewRetentionSchema))
    .query(({ ctx, input }) => previewRetention({ ctx: ctx.service, input })),
  saveRetention: procedure.input(inputOf(saveRetentionSchema)).mutation(({ ctx, input }) => saveRetention({ ctx: ctx.service, input })),
});
