"use client";

import { type ReactNode, useState } from "react";
import { postAuth } from "@/components/auth/post-auth";
import { amountOf } from "@/components/patterns/format-count";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";

/** Signs out, and forgets what the scanner keeps on this machine; asks first when some of it has not been sent. */
export function useSignOut(): { signOut: () => void; dialog: ReactNode } {
  const [unsent, setUnsent] = useState(0);
  const leave = async () => {
    const { wipeFieldData } = await import("@/components/scan/offline/field-database");
    await wipeFieldData();
    await postAuth("sign-out", {});
    // A full load: nothing of this person may stay in memory.
    window.location.assign("/sign-in");
  };
  const signOut = async () => {
    const { countUnsent } = await import("@/components/scan/offline/unsent");
    const count = await countUnsent();
    if (count > 0) setUnsent(count);
    else await leave();
  };
  return {
    signOut: () => void signOut(),
    dialog: (
      <ConfirmDialog
        open={unsent > 0}
        onOpenChange={(open) => !open && setUnsent(0)}
        title="Sign out and lose what has not been sent?"
        consequence={`${amountOf(unsent, "change")} made with the scanner ${unsent === 1 ? "waits" : "wait"} on this device. Signing out removes ${unsent === 1 ? "it" : "them"} for good.`}
        confirmLabel="Sign out and lose them"
        onConfirm={leave}
      />
    ),
  };
}
