import type { Metadata } from "next";
import { FirmwareForm } from "@/components/firmware/firmware-form";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { env } from "@/server/env";
import { mayInOrganisation, requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Add firmware" };

export default async function NewFirmwarePage() {
  if (!mayInOrganisation(await requireViewer(), "firmware.manage")) return <ForbiddenState description="Firmware is released by admins." />;
  return <FirmwareForm maxBytes={env().FIRMWARE_MAX_BYTES} today={todayIn("UTC", new Date())} />;
}
