import { cancelCommandSchema, configureDeviceSchema, identifyDeviceSchema, restartDeviceSchema } from "@/server/domain/commands/schema";
import { cancelCommand } from "@/server/services/commands/cancel-command";
import { configureDevice } from "@/server/services/commands/configure-device";
import { getRestartOutlook, restartOutlookSchema } from "@/server/services/commands/get-restart-outlook";
import { identifyDevice } from "@/server/services/commands/identify-device";
import { listCommands, listCommandsSchema } from "@/server/services/commands/list-commands";
import { restartDevice } from "@/server/services/commands/restart-device";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const commandsRouter = router({
  identify: procedure.input(inputOf(identifyDeviceSchema)).mutation(({ ctx, input }) => identifyDevice({ ctx: ctx.service, input })),
  restart: procedure.input(inputOf(restartDeviceSchema)).mutation(({ ctx, input }) => restartDevice({ ctx: ctx.service, input })),
  restartOutlook: procedure.input(inputOf(restartOutlookSchema)).query(({ ctx, input }) => getRestartOutlook({ ctx: ctx.service, input })),
  configure: procedure.input(inputOf(configureDeviceSchema)).mutation(({ ctx, input }) => configureDevice({ ctx: ctx.service, input })),
  cancel: procedure.input(inputOf(cancelCommandSchema)).mutation(({ ctx, input }) => cancelCommand({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(listCommandsSchema)).query(({ ctx, input }) => listCommands({ ctx: ctx.service, input })),
});
