import { ADMIN, ALL, UNKNOWN_ID, type Expectation } from "./expectation";

export const PEOPLE_EXPECTATIONS: Record<string, Expectation> = {
  "people.setUp": { may: "public", stranger: "not about a farm", input: () => ({}) },
  "people.acceptInvitation": { may: "public", stranger: "not about a farm", input: () => ({}) },
  "people.choosePassword": { may: "public", stranger: "not about a farm", input: () => ({}) },
  "people.offerNewPassword": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ personId: UNKNOWN_ID }) },
  "people.list": { may: ADMIN, stranger: "FORBIDDEN", input: () => undefined },
  "people.invite": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: ({ farmId }) => ({ name: "N", email: "n@farm.example", farmIds: [farmId] }),
  },
  "people.update": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: ({ farmId }) => ({ id: UNKNOWN_ID, isAdmin: false, disabled: false, memberships: [{ farmId, role: "viewer" }] }),
  },
  "people.revokeInvitation": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
  "people.secondFactor": { may: ALL, stranger: "not about a farm", input: () => undefined },
  "people.removeSecondFactor": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ personId: UNKNOWN_ID }) },
  // Of somebody else; what everybody may with their own is in sessions.test.ts.
  "people.sessions": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ personId: UNKNOWN_ID }) },
  "people.endSessions": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ personId: UNKNOWN_ID }) },
};
