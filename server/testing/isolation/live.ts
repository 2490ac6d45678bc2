import { ALL, type Expectation } from "./expectation";

export const LIVE_EXPECTATIONS: Record<string, Expectation> = {
  "live.changes": { may: ALL, stranger: "sees nothing", input: () => undefined },
};
