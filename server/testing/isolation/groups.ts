import type { Expectation } from "./expectation";

export const GROUPS_EXPECTATIONS: Record<string, Expectation> = {};
