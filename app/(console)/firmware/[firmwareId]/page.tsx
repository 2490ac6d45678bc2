import type { Metadata } from "next";
import { FirmwareDetailScreen } from "@/components/firmware/firmware-detail-screen";
import { Hydrated, serverQueries } from "../../prefetch";

export const metadata: Metadata = { title: "Firmware version" };

export default async function FirmwareVersionPage({ params }: { params: Promise<{ firmwareId: string }> }) {
  const { firmwareId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.firmware.get.queryOptions({ id: firmwareId }));
  return (
    <Hydrated>
      <FirmwareDetailScreen firmwareId={firmwareId} />
    </Hydrated>
  );
}
