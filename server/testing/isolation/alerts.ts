import { ALL, STAFF, type Expectation } from "./expectation";

const until = () => new Date(Date.now() + 3_600_000);

export const ALERTS_EXPECTATIONS: Record<string, Expectation> = {
  "alerts.list": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId], view: "all" }) },
  "alerts.counts": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId], view: "all" }) },
  "alerts.get": { may: ALL, stranger: "NOT_FOUND", input: ({ alertId }) => ({ id: alertId }) },
  "alerts.raise": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, message: "It hums" }) },
  "alerts.acknowledge": { may: STAFF, stranger: "NOT_FOUND", input: ({ alertId }) => ({ ids: [alertId] }) },
  "alerts.snooze": { may: STAFF, stranger: "NOT_FOUND", input: ({ alertId }) => ({ ids: [alertId], until: until(), reason: "Waits" }) },
  "alerts.wake": { may: STAFF, stranger: "NOT_FOUND", input: ({ alertId }) => ({ ids: [alertId] }) },
  "alerts.resolve": { may: STAFF, stranger: "NOT_FOUND", input: ({ alertId }) => ({ ids: [alertId], notes: "Done" }) },
};
