import { randomUUID } from "node:crypto";
import { ADMIN, UNKNOWN_ID, type Expectation } from "./expectation";

const endpoint = (farmId: string) => ({
  name: `Webhook ${randomUUID()}`,
  url: "https://hooks.example.com/dairy",
  events: ["device.updated"],
  farmIds: [farmId],
});

/** They tell somebody outside of whole farms: for admins only. */
const admins = (input: Expectation["input"]): Expectation => ({ may: ADMIN, stranger: "FORBIDDEN", input });

export const WEBHOOKS_EXPECTATIONS: Record<string, Expectation> = {
  "webhooks.list": admins(() => undefined),
  "webhooks.get": admins(() => ({ id: UNKNOWN_ID })),
  "webhooks.create": admins(({ farmId }) => ({ endpoint: endpoint(farmId) })),
  "webhooks.update": admins(({ farmId }) => ({ id: UNKNOWN_ID, version: 1, endpoint: endpoint(farmId) })),
  "webhooks.rotateSecret": admins(() => ({ id: UNKNOWN_ID })),
  "webhooks.delete": admins(() => ({ id: UNKNOWN_ID })),
  "webhooks.test": admins(() => ({ id: UNKNOWN_ID })),
  "webhooks.deliveries": admins(() => ({ endpointId: UNKNOWN_ID })),
  "webhooks.delivery": admins(() => ({ endpointId: UNKNOWN_ID, id: UNKNOWN_ID })),
  "webhooks.replay": admins(() => ({ endpointId: UNKNOWN_ID, deliveries: "all_dead" })),
  "webhooks.giveUp": admins(() => ({ endpointId: UNKNOWN_ID, id: UNKNOWN_ID })),
};
