import { ADMIN, ALL, STAFF, UNKNOWN_ID, type Expectation } from "./expectation";

const DAY = "2026-06-01";

export const MAINTENANCE_EXPECTATIONS: Record<string, Expectation> = {
  "maintenance.records": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "maintenance.due": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId], from: DAY, to: "2026-06-30" }) },
  "maintenance.plan": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ deviceId, type: "repair", plannedFor: "2099-01-01" }),
  },
  "maintenance.recordDone": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, type: "repair", doneOn: DAY }) },
  "maintenance.complete": { may: STAFF, stranger: "NOT_FOUND", input: ({ recordId }) => ({ recordId, version: 1, doneOn: DAY }) },
  "maintenance.edit": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ recordId }) => ({ recordId, version: 1, plannedFor: DAY, doneOn: DAY }),
  },
  "maintenance.cancel": { may: STAFF, stranger: "NOT_FOUND", input: ({ recordId }) => ({ recordId, version: 1 }) },
  "maintenance.addAttachment": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ recordId }) => ({ recordId, name: "a.jpg", content: Buffer.from([0xff, 0xd8, 0xff]).toString("base64") }),
  },
  "maintenance.deleteAttachment": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ recordId, attachmentId }) => ({ recordId, attachmentId }),
  },
  "maintenance.setDates": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ deviceId, version: 1, nextMaintenanceDate: DAY }),
  },
  "maintenance.intervals": { may: ADMIN, stranger: "FORBIDDEN", input: () => undefined },
  "maintenance.setInterval": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ deviceType: "gate", days: 365 }) },
  "maintenance.removeInterval": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
};
