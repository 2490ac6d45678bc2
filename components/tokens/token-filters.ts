import { createLoader, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { ListTokensInput } from "@/server/domain/provisioning/schema";
import { TOKEN_STATES } from "@/server/domain/provisioning/token-state";

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** The token list's state in the URL. */
export const TOKEN_FILTERS = {
  state: parseAsArrayOf(parseAsStringLiteral(TOKEN_STATES)).withDefault([]),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  batch: parseAsString.withDefault(""),
  page: parseAsInteger.withDefault(1),
  size: parseAsInteger.withDefault(50),
};

export const loadTokenFilters = createLoader(TOKEN_FILTERS);

export type TokenFilters = Awaited<ReturnType<typeof loadTokenFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The server's query for a URL's state; what a hand-written URL gets wrong falls back to the default. */
export function toTokenListInput(filters: TokenFilters, selectedFarmId: string | null): ListTokensInput {
  const farms = filters.farm.filter((farm) => UUID.test(farm));
  return {
    farmIds: farms.length > 0 ? farms : selectedFarmId ? [selectedFarmId] : [],
    states: filters.state,
    batchId: UUID.test(filters.batch) ? filters.batch : undefined,
    page: Math.max(1, Math.min(100_000, filters.page)),
    pageSize: PAGE_SIZES.find((size) => size === filters.size) ?? 50,
  };
}
