import { listActivity, listActivitySchema } from "@/server/services/audit/list-activity";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const auditRouter = router({
  activity: procedure.input(inputOf(listActivitySchema)).query(({ ctx, input }) => listActivity({ ctx: ctx.service, input })),
});
