import { listLabelsSchema, listPrintsSchema, labelJobSchema } from "@/server/domain/labels/schema";
import { listLabels } from "@/server/services/labels/list-labels";
import { listPrints } from "@/server/services/labels/list-prints";
import { recordPrint } from "@/server/services/labels/record-print";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const labelsRouter = router({
  list: procedure.input(inputOf(listLabelsSchema)).query(({ ctx, input }) => listLabels({ ctx: ctx.service, input })),
  prints: procedure.input(inputOf(listPrintsSchema)).query(({ ctx, input }) => listPrints({ ctx: ctx.service, input })),
  recordPrint: procedure.input(inputOf(labelJobSchema)).mutation(({ ctx, input }) => recordPrint({ ctx: ctx.service, input })),
});
