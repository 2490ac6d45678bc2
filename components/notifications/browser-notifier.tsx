"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { useTRPC } from "@/components/console/trpc";
import type { BrowserNotification } from "@/server/services/notifications/take-browser-notifications";
import { permissionNow, subscribeToPermission } from "./notification-permission";

/** Also in a hidden tab, where the live stream rests; browsers let timers there run about once a minute. */
const ASK_MS = 30_000;

/** Shows what is due for the browser, while the console is open. Every tab asks; the server hands each out once. */
export function BrowserNotifier() {
  const trpc = useTRPC();
  const router = useRouter();
  const { mutate: take } = useMutation(trpc.notifications.take.mutationOptions());
  const isAllowed = useSyncExternalStore(subscribeToPermission, permissionNow, () => "default") === "granted";
  const ask = useEffectEvent(() => take(undefined, { onSuccess: (due) => due.forEach((one) => show(one, (path) => router.push(path))) }));
  useEffect(() => {
    if (!isAllowed) return;
    ask();
    const timer = setInterval(ask, ASK_MS);
    return () => clearInterval(timer);
  }, [isAllowed]);
  return null;
}

function show({ path, tag, isUrgent, title, text }: BrowserNotification, open: (path: string) => void): void {
  // One per alert and rollout: its end takes the place of its beginning.
  const shown = new Notification(title, { body: text, tag, requireInteraction: isUrgent });
  shown.onclick = () => {
    window.focus();
    open(path);
    shown.close();
  };
}
