import { requestKey } from "../builders";
import { STAFF, type Expectation } from "./expectation";

export const PROVISIONING_EXPECTATIONS: Record<string, Expectation> = {
  "provisioning.rotateCredentials": {
    may: STAFF,
    stranger: "NOT_FOUND",
    input: ({ deviceId }) => ({ deviceId, requestKey: requestKey() }),
  },
  "provisioning.revokeCredentials": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "provisioning.issueToken": { may: STAFF, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
};
