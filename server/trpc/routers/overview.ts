import { attentionQueueSchema, batteryListSchema, overviewFarmSchema, overviewSpanSchema } from "@/server/domain/overview/schema";
import { countAlertsPerDay } from "@/server/services/overview/count-alerts-per-day";
import { batteryOutlookSchema, getBatteryOutlook } from "@/server/services/overview/get-battery-outlook";
import { getFirmwareSpread } from "@/server/services/overview/get-firmware-spread";
import { getFleetHistory } from "@/server/services/overview/get-fleet-history";
import { getPlaces } from "@/server/services/overview/get-places";
import { listAttention } from "@/server/services/overview/list-attention";
import { listBatteries } from "@/server/services/overview/list-batteries";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const overviewRouter = router({
  attention: procedure.input(inputOf(attentionQueueSchema)).query(({ ctx, input }) => listAttention({ ctx: ctx.service, input })),
  history: procedure.input(inputOf(overviewSpanSchema)).query(({ ctx, input }) => getFleetHistory({ ctx: ctx.service, input })),
  alertsPerDay: procedure.input(inputOf(overviewSpanSchema)).query(({ ctx, input }) => countAlertsPerDay({ ctx: ctx.service, input })),
  places: procedure.input(inputOf(overviewFarmSchema)).query(({ ctx, input }) => getPlaces({ ctx: ctx.service, input })),
  firmware: procedure.input(inputOf(overviewFarmSchema)).query(({ ctx, input }) => getFirmwareSpread({ ctx: ctx.service, input })),
  batteries: procedure.input(inputOf(batteryListSchema)).query(({ ctx, input }) => listBatteries({ ctx: ctx.service, input })),
  battery: procedure.input(inputOf(batteryOutlookSchema)).query(({ ctx, input }) => getBatteryOutlook({ ctx: ctx.service, input })),
});
