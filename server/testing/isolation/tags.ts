import { randomUUID } from "node:crypto";
import { ADMIN, ALL, STAFF, type Expectation } from "./expectation";

/** Tags span farms: their names are everybody's, their counts are of the caller's own devices (see tags.test.ts). */
export const TAGS_EXPECTATIONS: Record<string, Expectation> = {
  "tags.list": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "tags.create": { may: STAFF, stranger: "not about a farm", input: () => ({ name: `Tag ${randomUUID()}`.slice(0, 40) }) },
  "tags.update": { may: ADMIN, stranger: "FORBIDDEN", input: ({ tagId }) => ({ id: tagId, name: `Mine ${tagId}`.slice(0, 40), color: 1 }) },
  "tags.merge": { may: ADMIN, stranger: "FORBIDDEN", input: ({ tagId }) => ({ sourceIds: [randomUUID()], targetId: tagId }) },
  "tags.delete": { may: ADMIN, stranger: "FORBIDDEN", input: ({ tagId }) => ({ id: tagId }) },
};
