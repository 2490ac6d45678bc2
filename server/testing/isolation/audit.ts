import { ALL, MANAGERS, type Expectation } from "./expectation";

export const AUDIT_EXPECTATIONS: Record<string, Expectation> = {
  "audit.activity": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmId, deviceId }) },
  // A manager of another farm sees nothing of this one: audit-log.test.ts.
  "audit.list": { may: MANAGERS, stranger: "FORBIDDEN", input: ({ farmId }) => ({ farmIds: [farmId] }) },
};
