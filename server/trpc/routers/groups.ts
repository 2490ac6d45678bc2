import {
  createGroupSchema,
  groupIdSchema,
  listGroupsSchema,
  moveGroupSchema,
  setGroupActiveSchema,
  updateGroupSchema,
} from "@/server/domain/groups/schema";
import { createGroup } from "@/server/services/groups/create-group";
import { deleteGroup } from "@/server/services/groups/delete-group";
import { getGroup } from "@/server/services/groups/get-group";
import { listGroups } from "@/server/services/groups/list-groups";
import { moveGroup } from "@/server/services/groups/move-group";
import { setGroupActive } from "@/server/services/groups/set-group-active";
import { updateGroup } from "@/server/services/groups/update-group";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const groupsRouter = router({
  list: procedure.input(inputOf(listGroupsSchema)).query(({ ctx, input }) => listGroups({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(groupIdSchema)).query(({ ctx, input }) => getGroup({ ctx: ctx.service, input })),
  create: procedure.input(inputOf(createGroupSchema)).mutation(({ ctx, input }) => createGroup({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updateGroupSchema)).mutation(({ ctx, input }) => updateGroup({ ctx: ctx.service, input })),
  move: procedure.input(inputOf(moveGroupSchema)).mutation(({ ctx, input }) => moveGroup({ ctx: ctx.service, input })),
  setActive: procedure.input(inputOf(setGroupActiveSchema)).mutation(({ ctx, input }) => setGroupActive({ ctx: ctx.service, input })),
  delete: procedure.input(inputOf(groupIdSchema)).mutation(({ ctx, input }) => deleteGroup({ ctx: ctx.service, input })),
});
