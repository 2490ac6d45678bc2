import { deleteViewSchema, saveViewSchema } from "@/server/domain/views/schema";
import { listViews } from "@/server/services/views/list-views";
import { deleteView, saveView } from "@/server/services/views/save-view";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const viewsRouter = router({
  list: procedure.query(({ ctx }) => listViews({ ctx: ctx.service })),
  save: procedure.input(inputOf(saveViewSchema)).mutation(({ ctx, input }) => saveView({ ctx: ctx.service, input })),
  delete: procedure.input(inputOf(deleteViewSchema)).mutation(({ ctx, input }) => deleteView({ ctx: ctx.service, input })),
});
