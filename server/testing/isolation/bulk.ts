import type { Expectation } from "./expectation";

export const BULK_EXPECTATIONS: Record<string, Expectation> = {};
