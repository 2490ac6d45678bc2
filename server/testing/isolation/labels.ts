import { ALL, STAFF, type Expectation, type Target } from "./expectation";

const job = ({ groupId }: Target) => ({ source: { kind: "group", groupId }, stock: "l7160", template: "id_name" });

export const LABELS_EXPECTATIONS: Record<string, Expectation> = {
  "labels.list": { may: STAFF, stranger: "NOT_FOUND", input: ({ groupId }) => ({ source: { kind: "group", groupId } }) },
  "labels.prints": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId] }) },
  "labels.recordPrint": { may: STAFF, stranger: "NOT_FOUND", input: job },
};
