import { ALL, type Expectation } from "./expectation";

export const AUDIT_EXPECTATIONS: Record<string, Expectation> = {
  "audit.activity": { may: ALL, stranger: "sees nothing", input: ({ farmId, deviceId }) => ({ farmId, deviceId }) },
};
