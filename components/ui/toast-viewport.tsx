"use client";

import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { toast as sonner, Toaster as SonnerToaster } from "sonner";
import { Spinner } from "./spinner";
import { connectToasts } from "./toast-queue";

const CLASS_NAMES = {
  toast: "flex w-full items-start gap-3 rounded-card border border-line-2 bg-panel p-3.5 text-base text-ink shadow-float",
  title: "font-medium",
  description: "text-sm text-ink-2",
  content: "min-w-0 flex-1",
  icon: "mt-0.5 shrink-0",
  loader: "static! transform-none!",
  actionButton: "hit-area shrink-0 rounded-inner px-1.5 font-medium text-accent hover:underline",
  cancelButton: "hit-area shrink-0 rounded-inner px-1.5 text-ink-2 hover:text-ink",
};

/** Shows what was queued, then everything as it comes. */
export function ToastViewport() {
  useEffect(() => connectToasts(sonner), []);
  return (
    <SonnerToaster
      position="bottom-right"
      expand
      style={{ fontFamily: "var(--font-sans)" }}
      mobileOffset={{ bottom: 88 }}
      containerAriaLabel="Notifications"
      icons={{
        success: <CircleCheck className="size-4 text-healthy" />,
        error: <CircleX className="size-4 text-critical" />,
        warning: <TriangleAlert className="size-4 text-warning" />,
        info: <Info className="size-4 text-info" />,
        loading: <Spinner className="text-accent" />,
      }}
      toastOptions={{ unstyled: true, duration: 6000, classNames: CLASS_NAMES }}
    />
  );
}
