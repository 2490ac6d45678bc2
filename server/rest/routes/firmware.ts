import { z } from "zod";
import { listFirmwareSchema } from "@/server/domain/firmware/schema";
import { commandRolloutSchema, listRolloutsSchema, scheduleUpdateSchema } from "@/server/domain/rollouts/schema";
import { publishFirmwareVersions } from "@/server/services/firmware/publish-versions";
import { cancelRollout } from "@/server/services/rollouts/cancel-rollout";
import { getRollout } from "@/server/services/rollouts/get-rollout";
import { listRollouts } from "@/server/services/rollouts/list-rollouts";
import { pauseRollout } from "@/server/services/rollouts/pause-rollout";
import { resumeRollout } from "@/server/services/rollouts/resume-rollout";
import { scheduleUpdate } from "@/server/services/rollouts/schedule-update";
import { firmwarePage, rollout, rolloutPage, scheduledUpdate, steeredRollout } from "../answers/firmware";
import { versionToChange } from "../if-match";
import { route, type RestCall } from "../route";

const { types, states, search, cursor, pageSize } = listFirmwareSchema.shape;
const steerBody = commandRolloutSchema.omit({ id: true, version: true }).strict().meta({ id: "SteeringReason" });

export const FIRMWARE_ROUTES = [
  route({
    method: "GET",
    path: "/firmware/versions",
    operationId: "listFirmwareVersions",
    tag: "Firmware",
    summary: "List firmware versions",
    scope: "firmware.view",
    query: z.object({ deviceType: types, state: states, search, cursor, pageSize }),
    status: 200,
    answer: firmwarePage,
    handle: ({ ctx, query: { deviceType, state, ...query } }) =>
      publishFirmwareVersions({ ctx, input: { ...query, types: deviceType, states: state } }),
  }),
  route({
    method: "POST",
    path: "/firmware/update",
    operationId: "scheduleFirmwareUpdate",
    tag: "Firmware",
    summary: "Schedule firmware update",
    description: "One version for up to 1,000 named devices: all of them or nothing. It becomes a rollout.",
    scope: "rollout.manage",
    body: scheduleUpdateSchema.strict().meta({ id: "UpdateRequest" }),
    status: 202,
    answer: scheduledUpdate,
    location: ({ id }) => `/api/v1/iot/rollouts/${String(id)}`,
    handle: ({ ctx, body, requestKey }) => scheduleUpdate({ ctx, input: body, requestKey }),
  }),
  route({
    method: "GET",
    path: "/rollouts",
    operationId: "listRollouts",
    tag: "Firmware",
    summary: "List rollouts",
    description: "Those that touch the caller's farms, the newest first.",
    scope: "device.read",
    query: listRolloutsSchema,
    status: 200,
    answer: rolloutPage,
    handle: ({ ctx, query }) => listRollouts({ ctx, input: query }),
  }),
  route({
    method: "GET",
    path: "/rollouts/{id}",
    operationId: "getRollout",
    tag: "Firmware",
    summary: "One rollout",
    scope: "device.read",
    status: 200,
    answer: rollout,
    handle: ({ ctx, params }) => getRollout({ ctx, input: { id: params.id } }),
  }),
  steering("pause", "Pause a rollout", "Tells nobody anything new; devices that have been told go on.", pauseRollout),
  steering("resume", "Resume a rollout", "Goes on where it was paused.", resumeRollout),
  steering("cancel", "Cancel a rollout", "For good; devices that have the new version keep it.", cancelRollout),
];

type Steer = (request: { ctx: RestCall["ctx"]; input: unknown }) => Promise<{ version: number }>;

function steering(verb: "pause" | "resume" | "cancel", summary: string, description: string, steer: Steer) {
  return route({
    method: "POST",
    path: `/rollouts/{id}/${verb}`,
    operationId: `${verb}Rollout`,
    tag: "Firmware",
    summary,
    description,
    scope: "rollout.manage",
    body: steerBody,
    takesIfMatch: true,
    status: 200,
    answer: steeredRollout,
    handle: async (call) => {
      const { ctx, params, body } = call;
      const current = await getRollout({ ctx, input: { id: params.id } });
      const { version } = await steer({ ctx, input: { ...body, id: params.id, version: versionToChange(call, current.version) } });
      return { version };
    },
  });
}
