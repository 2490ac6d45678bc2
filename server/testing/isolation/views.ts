import type { Expectation } from "./expectation";

export const VIEWS_EXPECTATIONS: Record<string, Expectation> = {};
