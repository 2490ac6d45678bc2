"use client";

import { Nfc } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { deviceQrText } from "@/server/domain/provisioning/credentials-file";
import type { FieldDevice } from "@/server/services/scan/views";
import { signal } from "../feedback";
import { writeTag } from "../nfc";

/** Waits for a tag and writes onto it what the label says: which device it is, never a secret. */
export function NfcWriter({ device, onDone }: { device: FieldDevice; onDone: () => void }) {
  useEffect(() => {
    const controller = new AbortController();
    writeTag(deviceQrText(device), controller.signal).then(
      () => {
        signal("good");
        toast.success("Tag written");
        onDone();
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        signal("bad");
        toast.error(`The tag was not written: ${(error as Error).message}`);
        onDone();
      },
    );
    return () => controller.abort();
  }, [device, onDone]);
  return (
    <div className="flex flex-col items-center gap-3 rounded-card border border-line-2 p-5 text-center">
      <Nfc aria-hidden className="size-8 text-accent" />
      <p className="text-lg font-semibold">Hold a tag to the back of this device</p>
      <Button size="field" onClick={onDone}>
        Cancel
      </Button>
    </div>
  );
}
