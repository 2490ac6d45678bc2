import type { Metadata } from "next";
import { IntervalsScreen } from "@/components/maintenance/intervals-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Calibration" };

export default async function CalibrationPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.maintenance.intervals.queryOptions());
  return (
    <Hydrated>
      <IntervalsScreen />
    </Hydrated>
  );
}
