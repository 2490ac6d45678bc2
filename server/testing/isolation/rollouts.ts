import { ALL, MANAGERS, type Expectation } from "./expectation";

const steered: Expectation = { may: MANAGERS, stranger: "NOT_FOUND", input: ({ rolloutId }) => ({ id: rolloutId, version: 1 }) };
const stage = { name: "All", size: { kind: "percent", upTo: 100 } };

export const ROLLOUTS_EXPECTATIONS: Record<string, Expectation> = {
  "rollouts.list": { may: ALL, stranger: "sees nothing", input: () => ({}) },
  "rollouts.get": { may: ALL, stranger: "NOT_FOUND", input: ({ rolloutId }) => ({ id: rolloutId }) },
  "rollouts.course": { may: ALL, stranger: "NOT_FOUND", input: ({ rolloutId }) => ({ id: rolloutId }) },
  "rollouts.deeds": { may: ALL, stranger: "NOT_FOUND", input: ({ rolloutId }) => ({ id: rolloutId }) },
  "rollouts.targets": { may: ALL, stranger: "NOT_FOUND", input: ({ rolloutId }) => ({ id: rolloutId }) },
  "rollouts.ofDevice": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "rollouts.preflight": {
    may: ALL,
    stranger: "sees nothing",
    input: ({ farmId, firmwareId }) => ({ firmwareId, filter: { farmIds: [farmId] }, stages: [stage], policy: {} }),
  },
  "rollouts.create": {
    may: MANAGERS,
    stranger: "FORBIDDEN",
    input: ({ farmId, firmwareId }) => ({
      firmwareId,
      filter: { farmIds: [farmId] },
      stages: [stage],
      policy: {},
      name: "A rollout",
      planHash: "0".repeat(64),
      requestKey: "k".repeat(43),
    }),
  },
  "rollouts.pause": steered,
  "rollouts.resume": steered,
  "rollouts.cancel": steered,
  "rollouts.approve": steered,
  "rollouts.retry": steered,
  "rollouts.rollBack": steered,
  "rollouts.skip": { may: MANAGERS, stranger: "NOT_FOUND", input: ({ rolloutId, deviceId }) => ({ id: rolloutId, deviceId }) },
};
