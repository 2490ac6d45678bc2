import type { Metadata } from "next";
import { EditFirmwareScreen } from "@/components/firmware/edit-firmware-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { env } from "@/server/env";
import { Hydrated, serverQueries } from "../../../prefetch";
import { mayInOrganisation, requireViewer } from "../../../viewer";

export const metadata: Metadata = { title: "Edit firmware" };

export default async function EditFirmwarePage({ params }: { params: Promise<{ firmwareId: string }> }) {
  if (!mayInOrganisation(await requireViewer(), "firmware.manage")) return <ForbiddenState description="Firmware is released by admins." />;
  const { firmwareId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.firmware.get.queryOptions({ id: firmwareId }));
  return (
    <Hydrated>
      <EditFirmwareScreen firmwareId={firmwareId} maxBytes={env().FIRMWARE_MAX_BYTES} />
    </Hydrated>
  );
}
