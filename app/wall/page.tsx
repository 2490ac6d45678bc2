import type { Metadata } from "next";
import { headers } from "next/headers";
import { createLoader, createSerializer, type SearchParams } from "nuqs/server";
import { Providers } from "@/components/console/providers";
import { WALL_ALERTS, wallInput } from "@/components/wall/wall-input";
import { WallScreen } from "@/components/wall/wall-screen";
import { WALL_STATE } from "@/components/wall/wall-state";
import { Hydrated, serverQueries } from "../(console)/prefetch";
import { requireViewer } from "../(console)/viewer";

export const metadata: Metadata = { title: "Wall" };

const loadState = createLoader(WALL_STATE);
const serializeState = createSerializer(WALL_STATE);

export default async function WallPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { farm, colours } = await loadState(searchParams);
  await requireViewer(serializeState("/wall", { farm, colours }));
  const { queryClient, trpc } = await serverQueries();
  const input = wallInput(farm);
  await Promise.all([
    queryClient.prefetchQuery(trpc.farms.list.queryOptions()),
    queryClient.prefetchQuery(trpc.devices.overview.queryOptions(input)),
    queryClient.prefetchQuery(trpc.overview.attention.queryOptions({ ...input, ...WALL_ALERTS })),
    queryClient.prefetchQuery(trpc.overview.places.queryOptions(input)),
    queryClient.prefetchQuery(trpc.health.status.queryOptions()),
  ]);
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <Providers>
      {colours === "system" ? null : (
        // Before the first paint: a white flash in a dark office is no greeting.
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `document.documentElement.dataset.theme=${JSON.stringify(colours)}` }}
        />
      )}
      <Hydrated>
        <WallScreen />
      </Hydrated>
    </Providers>
  );
}
