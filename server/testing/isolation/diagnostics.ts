import type { Expectation } from "./expectation";

export const DIAGNOSTICS_EXPECTATIONS: Record<string, Expectation> = {};
