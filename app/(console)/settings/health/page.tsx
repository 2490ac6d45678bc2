import type { Metadata } from "next";
import { HealthSettingsScreen } from "@/components/health/health-settings-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Health rules" };

export default async function HealthSettingsPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await Promise.all(
    DEVICE_TYPES.map((deviceType) => queryClient.prefetchQuery(trpc.health.rules.queryOptions({ scope: { level: "type", deviceType } }))),
  );
  return (
    <Hydrated>
      <HealthSettingsScreen />
    </Hydrated>
  );
}
