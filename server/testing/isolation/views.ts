import { ALL, UNKNOWN_ID, type Expectation } from "./expectation";

export const VIEWS_EXPECTATIONS: Record<string, Expectation> = {
  "views.list": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "views.save": { may: ALL, stranger: "not about a farm", input: () => ({ name: "A view", query: "attention=true" }) },
  "views.delete": { may: ALL, stranger: "NOT_FOUND", input: () => ({ id: UNKNOWN_ID }) },
};
