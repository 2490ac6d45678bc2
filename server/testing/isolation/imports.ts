import { ALL, STAFF, type Expectation, type Target } from "./expectation";

const theImport = ({ importId }: Target) => ({ id: importId });

/** An import is its maker's and the admins'; the target's was made by somebody else, so that only admins find it. */
export const IMPORTS_EXPECTATIONS: Record<string, Expectation> = {
  "imports.list": { may: ALL, stranger: "not about a farm", input: () => ({}) },
  "imports.get": { may: ALL, stranger: "NOT_FOUND", input: theImport },
  "imports.rows": { may: ALL, stranger: "NOT_FOUND", input: theImport },
  "imports.check": { may: STAFF, stranger: "NOT_FOUND", input: ({ importId }) => ({ id: importId, mapping: [] }) },
  "imports.mend": {
    may: ALL,
    stranger: "NOT_FOUND",
    input: ({ importId }) => ({ id: importId, cells: [{ row: 1, field: "name", value: "Taken over" }] }),
  },
  "imports.commit": { may: ALL, stranger: "NOT_FOUND", input: ({ importId }) => ({ id: importId, previewHash: "0".repeat(64) }) },
  "imports.undoOutlook": { may: ALL, stranger: "NOT_FOUND", input: theImport },
  "imports.undo": { may: ALL, stranger: "NOT_FOUND", input: theImport },
  "imports.discard": { may: ALL, stranger: "NOT_FOUND", input: theImport },
};
