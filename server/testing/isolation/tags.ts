import type { Expectation } from "./expectation";

export const TAGS_EXPECTATIONS: Record<string, Expectation> = {};
