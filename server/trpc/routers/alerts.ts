import {
  acknowledgeAlertsSchema,
  alertFilterSchema,
  alertIdSchema,
  listAlertsSchema,
  raiseAlertSchema,
  resolveAlertsSchema,
  snoozeAlertsSchema,
  wakeAlertsSchema,
} from "@/server/domain/alerts/schema";
import { acknowledgeAlerts } from "@/server/services/alerts/acknowledge-alerts";
import { getAlert } from "@/server/services/alerts/get-alert";
import { countAlerts, listAlerts } from "@/server/services/alerts/list-alerts";
import { raiseAlert } from "@/server/services/alerts/raise-alert";
import { resolveAlerts } from "@/server/services/alerts/resolve-alerts";
import { snoozeAlerts, wakeAlerts } from "@/server/services/alerts/snooze-alerts";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const alertsRouter = router({
  list: procedure.input(inputOf(listAlertsSchema)).query(({ ctx, input }) => listAlerts({ ctx: ctx.service, input })),
  counts: procedure.input(inputOf(alertFilterSchema)).query(({ ctx, input }) => countAlerts({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(alertIdSchema)).query(({ ctx, input }) => getAlert({ ctx: ctx.service, input })),
  raise: procedure.input(inputOf(raiseAlertSchema)).mutation(({ ctx, input }) => raiseAlert({ ctx: ctx.service, input })),
  acknowledge: procedure
    .input(inputOf(acknowledgeAlertsSchema))
    .mutation(({ ctx, input }) => acknowledgeAlerts({ ctx: ctx.service, input })),
  resolve: procedure.input(inputOf(resolveAlertsSchema)).mutation(({ ctx, input }) => resolveAlerts({ ctx: ctx.service, input })),
  snooze: procedure.input(inputOf(snoozeAlertsSchema)).mutation(({ ctx, input }) => snoozeAlerts({ ctx: ctx.service, input })),
  wake: procedure.input(inputOf(wakeAlertsSchema)).mutation(({ ctx, input }) => wakeAlerts({ ctx: ctx.service, input })),
});
