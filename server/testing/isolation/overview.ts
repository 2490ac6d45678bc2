import { ALL, type Expectation } from "./expectation";

export const OVERVIEW_EXPECTATIONS: Record<string, Expectation> = {
  "overview.attention": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId, limit: 100 }) },
  "overview.history": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId, span: "7d" }) },
  "overview.alertsPerDay": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId, span: "7d" }) },
  "overview.places": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId }) },
  "overview.firmware": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId }) },
  "overview.batteries": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId, view: "unknown" }) },
  "overview.battery": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
};
