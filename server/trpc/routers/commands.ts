import { identifyDeviceSchema } from "@/server/domain/commands/schema";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { listCommands, listCommandsSchema } from "@/server/services/commands/list-commands";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const commandsRouter = router({
  identify: procedure.input(inputOf(identifyDeviceSchema)).mutation(({ ctx, input }) => identifyDevice({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(listCommandsSchema)).query(({ ctx, input }) => listCommands({ ctx: ctx.service, input })),
});
