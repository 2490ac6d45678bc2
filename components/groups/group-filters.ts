import { createLoader, parseAsBoolean, parseAsString } from "nuqs/server";

/** The groups page's state in the URL. */
export const GROUP_FILTERS = { q: parseAsString.withDefault(""), archived: parseAsBoolean.withDefault(false) };

export const loadGroupFilters = createLoader(GROUP_FILTERS);
