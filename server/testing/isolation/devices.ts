import { requestKey, wizardInput } from "../builders";
import { ALL, STAFF, MANAGERS, type Expectation } from "./expectation";

export const DEVICES_EXPECTATIONS: Record<string, Expectation> = {
  "devices.overview": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId }) },
  "devices.list": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmIds: [farmId], search: deviceId }) },
  "devices.count": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmIds: [farmId], search: deviceId }) },
  "devices.facets": { may: ALL, stranger: "sees nothing", input: () => undefined },
  "devices.get": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "devices.history": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "devices.proposeId": { may: ALL, stranger: "not about a farm", input: () => ({ type: "gate" }) },
  // IDs are unique over all farms, so that one is taken is no secret; whose it is, is one.
  "devices.checkId": { may: ALL, stranger: "sees nothing", input: ({ deviceId }) => ({ deviceId }) },
  "devices.idBlocks": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId] }) },
  "devices.reserveIds": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ farmId }) => ({ farmId, type: "waterer", count: 5, purpose: "offline", requestKey: requestKey() }),
  },
  "devices.releaseIds": { may: STAFF, stranger: "NOT_FOUND", input: ({ blockId }) => ({ blockId }) },
  "devices.provision": { may: STAFF, stranger: "NOT_FOUND", input: ({ farmId }) => wizardInput(farmId, { deviceId: "XX999" }) },
  "devices.register": { may: STAFF, stranger: "NOT_FOUND", input: ({ farmId }) => wizardInput(farmId, { deviceId: "XX998" }) },
  "devices.spares": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "devices.replace": {
    may: MANAGERS,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ unit: "new", deviceId, reason: "taken over", requestKey: requestKey() }),
  },
  "devices.edit": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, version: 1, name: "Taken over" }) },
  "devices.setMaintenance": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, maintenance: true }) },
  "devices.decommission": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, reason: "taken over" }) },
};
