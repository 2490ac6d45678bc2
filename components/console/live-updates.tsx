"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { LiveRefresher } from "./live-refresher";
import { useTRPC } from "./trpc";

const HIDDEN_GRACE_MS = 5_000;

/**
 * Keeps what is on the screen true: one stream for the tab says what changed. A hidden tab lets its stream go (browsers
 * allow six connections to one origin) and catches up when it is shown again.
 */
export function LiveUpdates() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [refresher] = useState(() => new LiveRefresher(queries, trpc));
  const enabled = usePageVisible();
  useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      enabled,
      onData: ({ data }) => refresher.apply(data),
      // The server ends a stream for whoever is no longer let in. A full load shows the sign-in and forgets what was here.
      onConnectionStateChange: ({ state }) => state === "idle" && window.location.reload(),
    }),
  );
  return null;
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    let timeout: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      clearTimeout(timeout);
      if (document.visibilityState === "visible") setVisible(true);
      else timeout = setTimeout(() => setVisible(false), HIDDEN_GRACE_MS);
    };
    document.addEventListener("visibilitychange", update);
    return () => {
      clearTimeout(timeout);
      document.removeEventListener("visibilitychange", update);
    };
  }, []);
  return visible;
}
