import { ADMIN, UNKNOWN_ID, type Expectation } from "./expectation";

export const API_KEYS_EXPECTATIONS: Record<string, Expectation> = {
  "apiKeys.list": { may: ADMIN, stranger: "FORBIDDEN", input: () => undefined },
  "apiKeys.create": {
    may: ADMIN,
    stranger: "FORBIDDEN",
    input: ({ farmId }) => ({ name: "Taken over", scopes: ["device.read"], farmIds: [farmId] }),
  },
  "apiKeys.rotate": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
  "apiKeys.revoke": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
};
