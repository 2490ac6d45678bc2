import { fieldActionSchema, fieldPackSchema, findScannedSchema } from "@/server/domain/scan/action";
import { deletePhoto, deletePhotoSchema } from "@/server/services/photos/delete-photo";
import { findScanned } from "@/server/services/scan/find-scanned";
import { getFieldPack } from "@/server/services/scan/get-field-pack";
import { performAction } from "@/server/services/scan/perform-action";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const scanRouter = router({
  find: procedure.input(inputOf(findScannedSchema)).query(({ ctx, input }) => findScanned({ ctx: ctx.service, input })),
  pack: procedure.input(inputOf(fieldPackSchema)).query(({ ctx, input }) => getFieldPack({ ctx: ctx.service, input })),
  perform: procedure.input(inputOf(fieldActionSchema)).mutation(({ ctx, input }) => performAction({ ctx: ctx.service, input })),
  deletePhoto: procedure.input(inputOf(deletePhotoSchema)).mutation(({ ctx, input }) => deletePhoto({ ctx: ctx.service, input })),
});
