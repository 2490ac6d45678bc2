import { ALL, STAFF, type Expectation } from "./expectation";

export const COMMANDS_EXPECTATIONS: Record<string, Expectation> = {
  "commands.identify": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "commands.list": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
};
