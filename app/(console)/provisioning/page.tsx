import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadTokenFilters, toTokenListInput } from "@/components/tokens/token-filters";
import { TokenListScreen } from "@/components/tokens/token-list-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf } from "../viewer";

export const metadata: Metadata = { title: "Provisioning tokens" };

export default async function ProvisioningPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const input = toTokenListInput(await loadTokenFilters(searchParams), await selectedFarmOf(actor, FARM_COOKIE));
  await queryClient.prefetchQuery(trpc.provisioning.listTokens.queryOptions(input));
  return (
    <Hydrated>
      <TokenListScreen />
    </Hydrated>
  );
}
