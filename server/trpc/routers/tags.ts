import { createTagSchema, mergeTagsSchema, tagIdSchema, updateTagSchema } from "@/server/domain/tags/schema";
import { createTag } from "@/server/services/tags/create-tag";
import { deleteTag } from "@/server/services/tags/delete-tag";
import { listTags } from "@/server/services/tags/list-tags";
import { mergeTags } from "@/server/services/tags/merge-tags";
import { updateTag } from "@/server/services/tags/update-tag";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const tagsRouter = router({
  list: procedure.query(({ ctx }) => listTags({ ctx: ctx.service })),
  create: procedure.input(inputOf(createTagSchema)).mutation(({ ctx, input }) => createTag({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updateTagSchema)).mutation(({ ctx, input }) => updateTag({ ctx: ctx.service, input })),
  merge: procedure.input(inputOf(mergeTagsSchema)).mutation(({ ctx, input }) => mergeTags({ ctx: ctx.service, input })),
  delete: procedure.input(inputOf(tagIdSchema)).mutation(({ ctx, input }) => deleteTag({ ctx: ctx.service, input })),
});
