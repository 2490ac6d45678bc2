"use client";

import { Lock } from "lucide-react";
import { useState } from "react";
import { BackLink } from "@/components/patterns/back-link";
import { EmptyState } from "@/components/patterns/empty-state";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";
import { FirmwareForm } from "./firmware-form";
import { LoadedFirmware } from "./loaded-firmware";

interface EditFirmwareScreenProps {
  firmwareId: string;
  maxBytes: number;
}

/** Edits a draft; what has left the draft stays as it is. */
export function EditFirmwareScreen({ firmwareId, maxBytes }: EditFirmwareScreenProps) {
  return <LoadedFirmware firmwareId={firmwareId}>{(firmware) => <Draft firmware={firmware} maxBytes={maxBytes} />}</LoadedFirmware>;
}

function Draft({ firmware, maxBytes }: { firmware: FirmwarePageView; maxBytes: number }) {
  // As it was opened: what somebody else saves meanwhile must not slip in under what is being typed.
  const [opened] = useState(firmware);
  if (opened.state !== "draft")
    return (
      <EmptyState
        level={1}
        icon={<Lock />}
        title={`${opened.version} is no draft any more`}
        description="Devices may run it, so it stays as it is. Make a new version instead."
        action={<BackLink href={`/firmware/${opened.id}`}>Open {opened.version}</BackLink>}
      />
    );
  return <FirmwareForm firmware={opened} maxBytes={maxBytes} today={opened.releaseDate} />;
}
