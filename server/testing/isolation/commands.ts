import { ALL, STAFF, type Expectation } from "./expectation";

export const COMMANDS_EXPECTATIONS: Record<string, Expectation> = {
  "commands.identify": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "commands.restart": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, force: true, reason: "taken over" }) },
  "commands.restartOutlook": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "commands.configure": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, reportingIntervalSeconds: 60 }) },
  "commands.cancel": { may: STAFF, stranger: "NOT_FOUND", input: ({ commandId }) => ({ commandId }) },
  "commands.list": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
};
