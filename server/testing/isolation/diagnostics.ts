import { ALL, STAFF, type Expectation } from "./expectation";

export const DIAGNOSTICS_EXPECTATIONS: Record<string, Expectation> = {
  "diagnostics.run": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "diagnostics.list": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "diagnostics.get": { may: ALL, stranger: "NOT_FOUND", input: ({ diagnosticId }) => ({ diagnosticId }) },
};
