"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { clearDraft } from "@/components/patterns/session-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DRAFT_KEY, newRequestKey } from "./wizard-draft";
import type { DeviceFormInput, DeviceFormOutput } from "./wizard-steps";

/** For units that are only ordered, or fetch their own password: registers now, issues credentials later on the device's page. */
export function DraftButton() {
  const trpc = useTRPC();
  const router = useRouter();
  const { handleSubmit } = useFormContext<DeviceFormInput, unknown, DeviceFormOutput>();
  const register = useMutation(trpc.devices.register.mutationOptions());
  const [requestKey] = useState(newRequestKey);
  const [failure, setFailure] = useState<string>();
  const submit = handleSubmit(async (device) => {
    setFailure(undefined);
    try {
      const { deviceId } = await register.mutateAsync({ ...device, requestKey });
      clearDraft(DRAFT_KEY);
      router.push(`/devices/${deviceId}`);
    } catch (error) {
      setFailure((error as ApiError).message);
    }
  });
  return (
    <div className="flex flex-col gap-3">
      {failure ? (
        <Callout tone="critical" live>
          {failure}
        </Callout>
      ) : null}
      <p className="flex flex-wrap items-center justify-end gap-x-2 text-sm text-ink-2">
        Not fitted soon?
        <Button variant="ghost" size="sm" loading={register.isPending} onClick={() => void submit()}>
          Register without credentials
        </Button>
      </p>
    </div>
  );
}
