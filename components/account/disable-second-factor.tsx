"use client";

import { postAuth } from "@/components/auth/post-auth";
import { toast } from "@/components/ui/toast";
import { PasswordStep } from "./password-step";

export function DisableSecondFactor({ onClose }: { onClose: () => void }) {
  return (
    <PasswordStep
      title="Turn the second factor off?"
      description="From then on your password alone lets you in. The codes in your app and your backup codes stop working."
      submitLabel="Turn off"
      submitVariant="danger"
      attempt={(password) => postAuth("two-factor/disable", { password })}
      onDone={() => {
        toast.success("Second factor is off");
        onClose();
      }}
      onClose={onClose}
    />
  );
}
