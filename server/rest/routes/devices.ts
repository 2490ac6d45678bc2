import { z } from "zod";
import { editDeviceSchema, provisionDeviceSchema } from "@/server/domain/devices/schema";
import { deviceListSchema } from "@/server/domain/devices/list-schema";
import { DEVICE_SORTS } from "@/server/domain/devices/list-vocabulary";
import { fieldError } from "@/server/errors";
import { editDevice } from "@/server/services/devices/edit-device";
import { getDevice } from "@/server/services/devices/get-device";
import { listDevices } from "@/server/services/devices/list/list-devices";
import { provisionDevice } from "@/server/services/devices/provision-device";
import { registerDevice } from "@/server/services/devices/register-device";
import { getDeviceHealth } from "@/server/services/health/get-device-health";
import { createdDevice, device, deviceHealth, devicePage } from "../answers/devices";
import { versionToChange } from "../if-match";
import { route } from "../route";

const listQuery = deviceListSchema.omit({ sort: true }).extend({
  sort: z
    .array(z.string())
    .max(3)
    .default([])
    .meta({ description: `Up to three of ${DEVICE_SORTS.join(", ")}; with a dash in front the other way round: \`-lastSeenAt\`` }),
});

const createBody = provisionDeviceSchema
  .omit({ requestKey: true, provisioningMethod: true })
  .extend({
    issueCredentials: z.boolean().default(false).meta({ description: "MQTT access at once; else a draft that redeems a token later" }),
  })
  .strict()
  .meta({ id: "NewDevice" });

const editBody = editDeviceSchema.omit({ deviceId: true, version: true }).partial().strict().meta({ id: "DeviceChanges" });

export const DEVICE_ROUTES = [
  route({
    method: "GET",
    path: "/devices",
    operationId: "listDevices",
    tag: "Devices",
    summary: "List devices",
    description: "Filters as in the console, joined by AND; what may be repeated is a list.",
    scope: "device.read",
    query: listQuery,
    status: 200,
    answer: devicePage,
    handle: ({ ctx, query: { sort, ...query } }) => listDevices({ ctx, input: { ...query, sort: sortOf(sort) } }),
  }),
  route({
    method: "POST",
    path: "/devices",
    operationId: "createDevice",
    tag: "Devices",
    summary: "Register a device",
    scope: "device.provision",
    body: createBody,
    status: 201,
    answer: createdDevice,
    location: ({ deviceId }) => `/api/v1/iot/devices/${String(deviceId)}`,
    handle: async ({ ctx, body: { issueCredentials, ...fields }, requestKey }) => {
      const input = { ...fields, provisioningMethod: "api", requestKey };
      if (issueCredentials !== true) return { ...(await registerDevice({ ctx, input })), credentials: null };
      const credentials = await provisionDevice({ ctx, input });
      return { deviceId: credentials.deviceId, credentials: { ...credentials, firmwareKeys: { ...credentials.firmwareKeys } } };
    },
  }),
  route({
    method: "GET",
    path: "/devices/{id}",
    operationId: "getDevice",
    tag: "Devices",
    summary: "One device",
    scope: "device.read",
    status: 200,
    answer: device,
    handle: ({ ctx, params }) => getDevice({ ctx, input: { deviceId: params.id } }),
  }),
  route({
    method: "PATCH",
    path: "/devices/{id}",
    operationId: "updateDevice",
    tag: "Devices",
    summary: "Change a device",
    description: "What is left out stays. With `If-Match` nothing is overwritten that was changed since it was read.",
    scope: "device.edit",
    body: editBody,
    takesIfMatch: true,
    status: 200,
    answer: device,
    handle: async (call) => {
      const { ctx, params, body } = call;
      const current = await getDevice({ ctx, input: { deviceId: params.id } });
      const { name, location, manufacturer, model, serialNumber, macAddress, powerSource, configuredConnectionType } = current;
      const former = {
        name,
        location,
        manufacturer,
        model,
        serialNumber,
        macAddress,
        powerSource,
        connectionType: configuredConnectionType,
      };
      const version = versionToChange(call, current.version);
      await editDevice({ ctx, input: { ...former, ...body, deviceId: current.deviceId, version } });
      return getDevice({ ctx, input: { deviceId: current.deviceId } });
    },
  }),
  route({
    method: "GET",
    path: "/devices/{id}/health",
    operationId: "getDeviceHealth",
    tag: "Devices",
    summary: "Get device health status",
    description: "Status, score, readings, the thresholds it is judged by, and its open alerts.",
    scope: "device.read",
    status: 200,
    answer: deviceHealth,
    handle: async ({ ctx, params }) => {
      const health = await getDeviceHealth({ ctx, input: { deviceId: params.id } });
      return { ...health, findings: health.findings.map((finding) => ({ ...finding })) };
    },
  }),
];

function sortOf(sort: unknown): unknown {
  if (!Array.isArray(sort)) return [];
  return sort.map((text: string, index) => {
    const by = text.replace(/^-/, "");
    if (!(DEVICE_SORTS as readonly string[]).includes(by))
      throw fieldError("invalid_input", `sort.${index}`, `One of ${DEVICE_SORTS.join(", ")}`);
    return { by, descending: text.startsWith("-") };
  });
}
