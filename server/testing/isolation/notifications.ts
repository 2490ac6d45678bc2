import { randomUUID } from "node:crypto";
import { ALL, UNKNOWN_ID, type Expectation } from "./expectation";

const rule = (farmId: string) => ({
  name: `Rule ${randomUUID()}`,
  farmIds: [farmId],
  minSeverity: "warning",
  channels: ["in_app"],
  timeZone: "Europe/Berlin",
});

export const NOTIFICATIONS_EXPECTATIONS: Record<string, Expectation> = {
  "notifications.rules": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "notifications.saveRule": { may: ALL, stranger: "NOT_FOUND", input: ({ farmId }) => ({ rule: rule(farmId) }) },
  "notifications.deleteRule": { may: ALL, stranger: "NOT_FOUND", input: () => ({ id: UNKNOWN_ID }) },
  "notifications.list": { may: ALL, stranger: "not about a farm", input: () => ({}) },
  "notifications.unread": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "notifications.markRead": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "notifications.take": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "notifications.ofAlert": { may: ALL, stranger: "NOT_FOUND", input: ({ alertId }) => ({ alertId }) },
  "notifications.sendTest": { may: ALL, stranger: "not about a farm", input: () => undefined },
};
