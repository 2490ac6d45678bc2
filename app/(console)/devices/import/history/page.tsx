import type { Metadata } from "next";
import { ImportHistoryScreen } from "@/components/imports/history-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Hydrated, serverQueries } from "../../../prefetch";
import { requireViewer, viewerOf } from "../../../viewer";

export const metadata: Metadata = { title: "Imports" };

export default async function ImportHistoryPage() {
  if (!viewerOf(await requireViewer()).canProvision)
    return <ForbiddenState description="Whoever registers devices on a farm imports them." />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchInfiniteQuery(trpc.imports.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }));
  return (
    <Hydrated>
      <ImportHistoryScreen />
    </Hydrated>
  );
}
