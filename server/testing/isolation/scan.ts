import { randomUUID } from "node:crypto";
import { ALL, STAFF, type Expectation } from "./expectation";

export const SCAN_EXPECTATIONS: Record<string, Expectation> = {
  "scan.find": { may: ALL, stranger: "sees nothing", input: ({ deviceId }) => ({ deviceId }) },
  "scan.pack": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId }) },
  "scan.perform": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({
      kind: "set_location",
      id: randomUUID(),
      deviceId,
      location: "Taken away",
      base: null,
      doneAt: "2026-03-01T08:30:00Z",
    }),
  },
  "scan.deletePhoto": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId, photoId }) => ({ deviceId, photoId }) },
};
