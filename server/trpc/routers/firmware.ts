import {
  compareFirmwareSchema,
  createFirmwareSchema,
  fetchArtifactSchema,
  firmwareIdSchema,
  firmwareSpreadSchema,
  listFirmwareSchema,
  setFirmwareStateSchema,
  updateFirmwareSchema,
  upgradePathSchema,
} from "@/server/domain/firmware/schema";
import { compareFirmwareVersions } from "@/server/services/firmware/compare-versions";
import { createFirmware } from "@/server/services/firmware/create-firmware";
import { deleteFirmware } from "@/server/services/firmware/delete-firmware";
import { startFetch } from "@/server/services/firmware/fetch-artifact";
import { getFirmware } from "@/server/services/firmware/get-firmware";
import { getSpread } from "@/server/services/firmware/get-spread";
import { getUpgradePath } from "@/server/services/firmware/get-upgrade-path";
import { listFirmware } from "@/server/services/firmware/list-firmware";
import { setFirmwareState } from "@/server/services/firmware/set-firmware-state";
import { listSigningKeys, rotateSigningKey, rotateSigningKeySchema } from "@/server/services/firmware/signing-keys";
import { updateFirmware } from "@/server/services/firmware/update-firmware";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const firmwareRouter = router({
  list: procedure.input(inputOf(listFirmwareSchema)).query(({ ctx, input }) => listFirmware({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(firmwareIdSchema)).query(({ ctx, input }) => getFirmware({ ctx: ctx.service, input })),
  compare: procedure.input(inputOf(compareFirmwareSchema)).query(({ ctx, input }) => compareFirmwareVersions({ ctx: ctx.service, input })),
  spread: procedure.input(inputOf(firmwareSpreadSchema)).query(({ ctx, input }) => getSpread({ ctx: ctx.service, input })),
  upgradePath: procedure.input(inputOf(upgradePathSchema)).query(({ ctx, input }) => getUpgradePath({ ctx: ctx.service, input })),
  create: procedure.input(inputOf(createFirmwareSchema)).mutation(({ ctx, input }) => createFirmware({ ctx: ctx.service, input })),
  update: procedure.input(inputOf(updateFirmwareSchema)).mutation(({ ctx, input }) => updateFirmware({ ctx: ctx.service, input })),
  setState: procedure.input(inputOf(setFirmwareStateSchema)).mutation(({ ctx, input }) => setFirmwareState({ ctx: ctx.service, input })),
  delete: procedure.input(inputOf(firmwareIdSchema)).mutation(({ ctx, input }) => deleteFirmware({ ctx: ctx.service, input })),
  /** Begins; /api/firmware/uploads/{uploadId} tells how far it is, DELETE there ends it. */
  fetchFile: procedure.input(inputOf(fetchArtifactSchema)).mutation(async ({ ctx, input }) => {
    const { uploadId } = await startFetch({ ctx: ctx.service, input });
    return { uploadId };
  }),
  signingKeys: procedure.query(({ ctx }) => listSigningKeys({ ctx: ctx.service })),
  rotateSigningKey: procedure
    .input(inputOf(rotateSigningKeySchema))
    .mutation(({ ctx, input }) => rotateSigningKey({ ctx: ctx.service, input })),
});
