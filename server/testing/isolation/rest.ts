import { randomUUID } from "node:crypto";
import { ALL, MANAGERS, STAFF, type Expectation, type Target } from "./expectation";

/** One route's row: as for procedures, with what is sent. */
export interface RestExpectation extends Pick<Expectation, "may"> {
  /** What a stranger gets: a status, or an answer without a trace of the other farm. */
  stranger: 403 | 404 | "sees nothing" | "not about a farm";
  request: (target: Target) => { path: string; body?: Record<string, unknown>; csv?: string };
}

const device = (path: string) => (target: Target) => ({ path: `/devices/${target.deviceId}${path}` });
const code = () => `G${randomUUID().slice(0, 8)}`;

export const REST_EXPECTATIONS: Record<string, RestExpectation> = {
  listDevices: { may: ALL, stranger: "sees nothing", request: ({ deviceId }) => ({ path: `/devices?search=${deviceId}` }) },
  createDevice: {
    may: STAFF,
    stranger: 404,
    request: ({ farmId }) => ({
      path: "/devices",
      body: { farmId, deviceId: `XX${Math.floor(1_000 + Math.random() * 8_999)}`, name: "New", type: "gate" },
    }),
  },
  getDevice: { may: ALL, stranger: 404, request: device("") },
  updateDevice: { may: STAFF, stranger: 404, request: (target) => ({ ...device("")(target), body: { name: "Taken over" } }) },
  getDeviceHealth: { may: ALL, stranger: 404, request: device("/health") },
  runDiagnostic: { may: STAFF, stranger: 404, request: device("/diagnostic") },
  restartDevice: { may: STAFF, stranger: 404, request: device("/restart") },
  listCommands: { may: ALL, stranger: 404, request: device("/commands") },
  listDiagnostics: { may: ALL, stranger: 404, request: device("/diagnostics") },
  getDiagnostic: { may: ALL, stranger: 404, request: ({ diagnosticId }) => ({ path: `/diagnostics/${diagnosticId}` }) },
  listAlerts: { may: ALL, stranger: "sees nothing", request: ({ farmId }) => ({ path: `/alerts?view=all&farmIds=${farmId}` }) },
  getAlert: { may: ALL, stranger: 404, request: ({ alertId }) => ({ path: `/alerts/${alertId}` }) },
  acknowledgeAlert: { may: STAFF, stranger: 404, request: ({ alertId }) => ({ path: `/alerts/${alertId}/acknowledge`, body: {} }) },
  resolveAlert: {
    may: STAFF,
    stranger: 404,
    request: ({ alertId }) => ({ path: `/alerts/${alertId}/resolve`, body: { notes: "Taken over" } }),
  },
  listFirmwareVersions: { may: ALL, stranger: "not about a farm", request: () => ({ path: "/firmware/versions" }) },
  scheduleFirmwareUpdate: {
    may: MANAGERS,
    stranger: 403,
    request: ({ deviceId, firmwareId }) => ({ path: "/firmware/update", body: { deviceIds: [deviceId], firmwareId } }),
  },
  listRollouts: { may: ALL, stranger: "sees nothing", request: ({ farmId }) => ({ path: `/rollouts?farmIds=${farmId}` }) },
  getRollout: { may: ALL, stranger: 404, request: ({ rolloutId }) => ({ path: `/rollouts/${rolloutId}` }) },
  pauseRollout: { may: MANAGERS, stranger: 404, request: ({ rolloutId }) => ({ path: `/rollouts/${rolloutId}/pause`, body: {} }) },
  resumeRollout: { may: MANAGERS, stranger: 404, request: ({ rolloutId }) => ({ path: `/rollouts/${rolloutId}/resume`, body: {} }) },
  cancelRollout: { may: MANAGERS, stranger: 404, request: ({ rolloutId }) => ({ path: `/rollouts/${rolloutId}/cancel`, body: {} }) },
  importDevices: {
    may: STAFF,
    stranger: "not about a farm",
    request: () => ({ path: "/devices/import?dryRun=true", csv: "device_id,name,device_type\nXX0001,New,gate\n" }),
  },
  // Imports are their maker’s own: this one is nobody’s.
  getImport: { may: [], stranger: 404, request: ({ importId }) => ({ path: `/devices/import/${importId}` }) },
  listProvisioningTokens: {
    may: ALL,
    stranger: "sees nothing",
    request: ({ farmId }) => ({ path: `/provisioning-tokens?farmIds=${farmId}` }),
  },
  issueProvisioningTokens: {
    may: STAFF,
    stranger: 404,
    request: ({ farmId }) => ({ path: "/provisioning-tokens", body: { farmId, type: "gate" } }),
  },
  revokeProvisioningToken: { may: STAFF, stranger: 404, request: ({ tokenId }) => ({ path: `/provisioning-tokens/${tokenId}/revoke` }) },
  listFarms: { may: ALL, stranger: "sees nothing", request: () => ({ path: "/farms" }) },
  listGroups: { may: ALL, stranger: "sees nothing", request: ({ farmId }) => ({ path: `/groups?farmId=${farmId}` }) },
  createGroup: {
    may: MANAGERS,
    stranger: 404,
    request: ({ farmId }) => ({ path: "/groups", body: { farmId, name: "New", code: code() } }),
  },
  listTags: { may: ALL, stranger: "not about a farm", request: () => ({ path: "/tags" }) },
  createTag: { may: STAFF, stranger: "not about a farm", request: () => ({ path: "/tags", body: { name: code() } }) },
};
