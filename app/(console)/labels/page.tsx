import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import "@fontsource/noto-sans/400.css";
import "@fontsource/noto-sans/700.css";
import "@fontsource/noto-sans-bengali/400.css";
import "@fontsource/noto-sans-bengali/700.css";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { loadLabelState, toSource } from "@/components/labels/label-state";
import { LabelsScreen } from "@/components/labels/labels-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer, selectedFarmOf, viewerOf } from "../viewer";

export const metadata: Metadata = { title: "Labels" };

export default async function LabelsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  const farmId = await selectedFarmOf(actor, FARM_COOKIE);
  const state = await loadLabelState(searchParams);
  const farmIds = farmId ? [farmId] : [];
  const source = viewerOf(actor).canProvision ? toSource(state, farmId) : null;
  await Promise.all([
    state.tab === "print" && source && queryClient.prefetchQuery(trpc.labels.list.queryOptions({ source })),
    state.tab === "print" && state.from === "group" && queryClient.prefetchQuery(trpc.groups.list.queryOptions({})),
    (state.tab === "reserved" || state.from === "block") && queryClient.prefetchQuery(trpc.devices.idBlocks.queryOptions({ farmIds })),
    state.tab === "log" && queryClient.prefetchQuery(trpc.labels.prints.queryOptions({ farmIds, page: 1, pageSize: 20 })),
  ]);
  return (
    <Hydrated>
      <LabelsScreen />
    </Hydrated>
  );
}
