import { requestKey } from "../builders";
import { ALL, STAFF, type Expectation } from "./expectation";

export const PROVISIONING_EXPECTATIONS: Record<string, Expectation> = {
  "provisioning.rotateCredentials": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ deviceId, requestKey: requestKey() }),
  },
  "provisioning.revokeCredentials": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "provisioning.issueTokens": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId, requestKey: requestKey() }) },
  "provisioning.listTokens": { may: ALL, stranger: "sees nothing", input: ({ farmId }) => ({ farmIds: [farmId] }) },
  "provisioning.revokeTokens": { may: STAFF, stranger: "NOT_FOUND", input: ({ tokenId }) => ({ tokenId }) },
};
