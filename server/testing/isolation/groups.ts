import { randomUUID } from "node:crypto";
import { ALL, MANAGERS, type Expectation } from "./expectation";

const groupInput = (farmId: string) => ({ farmId, name: "Taken over", code: `X-${randomUUID().slice(0, 8)}` });

export const GROUPS_EXPECTATIONS: Record<string, Expectation> = {
  "groups.list": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmId, archived: true }) },
  "groups.get": { may: ALL, stranger: "NOT_FOUND", input: ({ groupId }) => ({ id: groupId }) },
  "groups.create": {
    may: MANAGERS,
    stranger: "NOT_FOUND",
    input: ({ farmId, groupId }) => ({ ...groupInput(farmId), parentId: groupId }),
  },
  "groups.update": {
    may: MANAGERS,
    stranger: "NOT_FOUND",
    input: ({ farmId, groupId }) => ({ ...groupInput(farmId), id: groupId, updatedAt: new Date(0) }),
  },
  "groups.move": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ groupId }) => ({ id: groupId, parentId: null }) },
  "groups.setActive": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ groupId }) => ({ id: groupId, active: true }) },
  "groups.delete": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ groupId }) => ({ id: groupId }) },
};
