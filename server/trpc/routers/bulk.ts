import { bulkIdSchema, bulkItemsSchema, previewBulkSchema, startBulkSchema } from "@/server/domain/bulk/schema";
import { cancelBulk, getBulk, listBulkItems } from "@/server/services/bulk/get-bulk";
import { previewBulk } from "@/server/services/bulk/preview-bulk";
import { startBulk } from "@/server/services/bulk/start-bulk";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const bulkRouter = router({
  preview: procedure.input(inputOf(previewBulkSchema)).query(({ ctx, input }) => previewBulk({ ctx: ctx.service, input })),
  start: procedure.input(inputOf(startBulkSchema)).mutation(({ ctx, input }) => startBulk({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(bulkIdSchema)).query(({ ctx, input }) => getBulk({ ctx: ctx.service, input })),
  items: procedure.input(inputOf(bulkItemsSchema)).query(({ ctx, input }) => listBulkItems({ ctx: ctx.service, input })),
  cancel: procedure.input(inputOf(bulkIdSchema)).mutation(({ ctx, input }) => cancelBulk({ ctx: ctx.service, input })),
});
