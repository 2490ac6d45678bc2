import { ALL, STAFF, type Expectation } from "./expectation";

const RULE = { offlineWindowSeconds: null, lowBatteryThreshold: 15, weakSignalThreshold: null, elevatedErrors: null, highErrors: null };

export const HEALTH_EXPECTATIONS: Record<string, Expectation> = {
  "health.rules": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ scope: { level: "device", deviceId } }) },
  "health.setRule": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ scope: { level: "device", deviceId }, rule: RULE, version: 0 }),
  },
  "health.status": { may: ALL, stranger: "not about a farm", input: () => undefined },
};
