import { deviceListSchema } from "@/server/domain/devices/list-schema";
import { editDeviceSchema, provisionDeviceSchema, replaceDeviceSchema } from "@/server/domain/devices/schema";
import { idBlockSchema, listIdBlocksSchema, reserveIdsSchema } from "@/server/domain/devices/id-block";
import { healthHistorySchema } from "@/server/domain/health/history";
import { decommissionDevice, decommissionSchema } from "@/server/services/devices/decommission-device";
import { editDevice } from "@/server/services/devices/edit-device";
import { findSpares, findSparesSchema } from "@/server/services/devices/find-spares";
import { getDevice, getDeviceSchema } from "@/server/services/devices/get-device";
import { getOverview, overviewSchema } from "@/server/services/devices/get-overview";
import { listIdBlocks } from "@/server/services/devices/id-blocks/list-id-blocks";
import { releaseDeviceIds } from "@/server/services/devices/id-blocks/release-device-ids";
import { reserveDeviceIds } from "@/server/services/devices/id-blocks/reserve-device-ids";
import { deviceFacets } from "@/server/services/devices/list/device-facets";
import { countDevices, countDevicesSchema, listDevices } from "@/server/services/devices/list/list-devices";
import { checkDeviceId, checkDeviceIdSchema, proposeDeviceId, proposeDeviceIdSchema } from "@/server/services/devices/propose-device-id";
import { provisionDevice } from "@/server/services/devices/provision-device";
import { registerDevice } from "@/server/services/devices/register-device";
import { replaceDevice } from "@/server/services/devices/replace-device";
import { setMaintenance, setMaintenanceSchema } from "@/server/services/devices/set-maintenance";
import { getHealthHistory } from "@/server/services/health/get-health-history";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const devicesRouter = router({
  overview: procedure.input(inputOf(overviewSchema)).query(({ ctx, input }) => getOverview({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(deviceListSchema)).query(({ ctx, input }) => listDevices({ ctx: ctx.service, input })),
  count: procedure.input(inputOf(countDevicesSchema)).query(({ ctx, input }) => countDevices({ ctx: ctx.service, input })),
  facets: procedure.query(({ ctx }) => deviceFacets({ ctx: ctx.service })),
  get: procedure.input(inputOf(getDeviceSchema)).query(({ ctx, input }) => getDevice({ ctx: ctx.service, input })),
  history: procedure.input(inputOf(healthHistorySchema)).query(({ ctx, input }) => getHealthHistory({ ctx: ctx.service, input })),
  proposeId: procedure.input(inputOf(proposeDeviceIdSchema)).query(({ ctx, input }) => proposeDeviceId({ ctx: ctx.service, input })),
  checkId: procedure.input(inputOf(checkDeviceIdSchema)).query(({ ctx, input }) => checkDeviceId({ ctx: ctx.service, input })),
  idBlocks: procedure.input(inputOf(listIdBlocksSchema)).query(({ ctx, input }) => listIdBlocks({ ctx: ctx.service, input })),
  reserveIds: procedure.input(inputOf(reserveIdsSchema)).mutation(({ ctx, input }) => reserveDeviceIds({ ctx: ctx.service, input })),
  releaseIds: procedure.input(inputOf(idBlockSchema)).mutation(({ ctx, input }) => releaseDeviceIds({ ctx: ctx.service, input })),
  provision: procedure.input(inputOf(provisionDeviceSchema)).mutation(({ ctx, input }) => provisionDevice({ ctx: ctx.service, input })),
  register: procedure.input(inputOf(provisionDeviceSchema)).mutation(({ ctx, input }) => registerDevice({ ctx: ctx.service, input })),
  spares: procedure.input(inputOf(findSparesSchema)).query(({ ctx, input }) => findSpares({ ctx: ctx.service, input })),
  replace: procedure.input(inputOf(replaceDeviceSchema)).mutation(({ ctx, input }) => replaceDevice({ ctx: ctx.service, input })),
  edit: procedure.input(inputOf(editDeviceSchema)).mutation(({ ctx, input }) => editDevice({ ctx: ctx.service, input })),
  setMaintenance: procedure.input(inputOf(setMaintenanceSchema)).mutation(({ ctx, input }) => setMaintenance({ ctx: ctx.service, input })),
  decommission: procedure.input(inputOf(decommissionSchema)).mutation(({ ctx, input }) => decommissionDevice({ ctx: ctx.service, input })),
});
