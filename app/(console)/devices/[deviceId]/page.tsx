import type { Metadata } from "next";
import { DeviceScreen } from "@/components/devices/device-screen";
import { Hydrated, serverQueries } from "../../prefetch";

interface Props {
  params: Promise<{ deviceId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).deviceId.slice(0, 20) };
}

export default async function DevicePage({ params }: Props) {
  const { deviceId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await Promise.all([
    queryClient.prefetchQuery(trpc.devices.get.queryOptions({ deviceId })),
    queryClient.prefetchQuery(trpc.audit.activity.queryOptions({ deviceId, limit: 12 })),
    queryClient.prefetchQuery(trpc.commands.list.queryOptions({ deviceId })),
    queryClient.prefetchQuery(trpc.diagnostics.list.queryOptions({ deviceId })),
    queryClient.prefetchQuery(trpc.maintenance.records.queryOptions({ deviceId })),
  ]);
  return (
    <Hydrated>
      <DeviceScreen deviceId={deviceId} />
    </Hydrated>
  );
}
