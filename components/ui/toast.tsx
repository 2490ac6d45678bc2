"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { subscribeToToasts, toastsWanted } from "./toast-queue";

export { toast } from "./toast-queue";

const ToastViewport = lazy(async () => ({ default: (await import("./toast-viewport")).ToastViewport }));

/** Once, in the root layout. Elsewhere: `toast.success("Device created")`; the first one loads the code. */
export function Toaster() {
  const wanted = useSyncExternalStore(subscribeToToasts, toastsWanted, () => false);
  return wanted ? (
    <Suspense>
      <ToastViewport />
    </Suspense>
  ) : null;
}
