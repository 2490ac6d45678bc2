import type { Metadata } from "next";
import { RolloutScreen } from "@/components/rollouts/rollout-screen";
import { Hydrated, serverQueries } from "../../prefetch";

export const metadata: Metadata = { title: "Rollout" };

export default async function RolloutPage({ params }: { params: Promise<{ rolloutId: string }> }) {
  const { rolloutId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.rollouts.get.queryOptions({ id: rolloutId }));
  return (
    <Hydrated>
      <RolloutScreen rolloutId={rolloutId} />
    </Hydrated>
  );
}
