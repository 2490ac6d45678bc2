import { createFarmSchema, updateFarmSchema } from "@/server/domain/farms/schema";
import { createFarm } from "@/server/services/farms/create-farm";
import { listFarms } from "@/server/services/farms/list-farms";
import { updateFarm } from "@/server/services/farms/update-farm";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const farmsRouter = router({
  list: procedure.query(({ ctx }) => listFarms({ ctx: ctx.service })),
  create: procedure.input(inputOf(createFarmSchema)).mutation(({ ctx, input }) => createFarm({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updateFarmSchema)).mutation(({ ctx, input }) => updateFarm({ ctx: ctx.service, input })),
});
