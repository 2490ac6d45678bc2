import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { DeviceScreen } from "@/components/devices/device-screen";
import { type DeviceTab, loadDeviceTab } from "@/components/devices/device-tab-names";
import { Hydrated, serverQueries } from "../../prefetch";

interface Props {
  params: Promise<{ deviceId: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).deviceId.slice(0, 20) };
}

export default async function DevicePage({ params, searchParams }: Props) {
  const { deviceId } = await params;
  const { tab } = await loadDeviceTab(searchParams);
  const { queryClient, trpc } = await serverQueries();
  await Promise.all([queryClient.prefetchQuery(trpc.devices.get.queryOptions({ deviceId })), prefetchTab(tab, deviceId)]);
  return (
    <Hydrated>
      <DeviceScreen deviceId={deviceId} />
    </Hydrated>
  );
}

async function prefetchTab(tab: DeviceTab, deviceId: string): Promise<void> {
  const { queryClient, trpc } = await serverQueries();
  switch (tab) {
    case "overview":
      await Promise.all([
        queryClient.prefetchQuery(trpc.audit.activity.queryOptions({ deviceId, limit: 6 })),
        queryClient.prefetchQuery(trpc.alerts.list.queryOptions({ deviceId, view: "open", pageSize: 20 })),
        queryClient.prefetchQuery(trpc.firmware.upgradePath.queryOptions({ deviceId })),
      ]);
      return;
    case "health":
      return queryClient.prefetchQuery(trpc.devices.history.queryOptions({ deviceId, range: "24h" }));
    case "updates":
      return queryClient.prefetchQuery(trpc.rollouts.ofDevice.queryOptions({ deviceId }));
    case "commands":
      return queryClient.prefetchQuery(trpc.commands.list.queryOptions({ deviceId }));
    case "diagnostics":
      return queryClient.prefetchQuery(trpc.diagnostics.list.queryOptions({ deviceId }));
    case "maintenance":
      return queryClient.prefetchQuery(trpc.maintenance.records.queryOptions({ deviceId }));
    case "activity":
      return queryClient.prefetchQuery(trpc.audit.activity.queryOptions({ deviceId, limit: 100 }));
  }
}
