import { listAuditSchema } from "@/server/domain/audit/schema";
import { listActivity, listActivitySchema } from "@/server/services/audit/list-activity";
import { listAudit } from "@/server/services/audit/list-audit";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const auditRouter = router({
  activity: procedure.input(inputOf(listActivitySchema)).query(({ ctx, input }) => listActivity({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(listAuditSchema)).query(({ ctx, input }) => listAudit({ ctx: ctx.service, input })),
});
