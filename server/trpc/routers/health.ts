import { getHealthRulesSchema, setHealthRuleSchema } from "@/server/domain/health/schema";
import { getHealthRules } from "@/server/services/health/get-health-rules";
import { getSystemStatus } from "@/server/services/health/get-system-status";
import { setHealthRule } from "@/server/services/health/set-health-rule";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const healthRouter = router({
  rules: procedure.input(inputOf(getHealthRulesSchema)).query(({ ctx, input }) => getHealthRules({ ctx: ctx.service, input })),
  setRule: procedure.input(inputOf(setHealthRuleSchema)).mutation(({ ctx, input }) => setHealthRule({ ctx: ctx.service, input })),
  status: procedure.query(({ ctx }) => getSystemStatus({ ctx: ctx.service })),
});
