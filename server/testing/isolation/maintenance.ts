import type { Expectation } from "./expectation";

export const MAINTENANCE_EXPECTATIONS: Record<string, Expectation> = {};
