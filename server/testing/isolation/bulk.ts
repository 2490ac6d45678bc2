import { requestKey } from "../builders";
import { ALL, type Expectation, type Target } from "./expectation";

const aimedAt = ({ deviceId }: Target) => ({ action: { kind: "diagnostic" }, target: { filter: { deviceIds: [deviceId] } } });

export const BULK_EXPECTATIONS: Record<string, Expectation> = {
  // A viewer may ask what would happen; each device of theirs is "not allowed".
  "bulk.preview": { may: ALL, stranger: "sees nothing", input: aimedAt },
  "bulk.start": { may: ALL, stranger: "CONFLICT", input: (target) => ({ ...aimedAt(target), requestKey: requestKey(), expected: 1 }) },
  "bulk.get": { may: ALL, stranger: "NOT_FOUND", input: ({ bulkId }) => ({ id: bulkId }) },
  "bulk.items": { may: ALL, stranger: "NOT_FOUND", input: ({ bulkId }) => ({ id: bulkId }) },
  "bulk.cancel": { may: ALL, stranger: "NOT_FOUND", input: ({ bulkId }) => ({ id: bulkId }) },
};
