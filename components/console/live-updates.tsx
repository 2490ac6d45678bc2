"use client";

import { type Query, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPC } from "./trpc";

/** Aggregates are read again at most this often, however much happens. */
const AGGREGATE_MS = 2_000;
const HIDDEN_GRACE_MS = 5_000;

/** `null` = everything of that kind. */
type Pending = Set<string> | null;

/**
 * Keeps what is on the screen true: one stream for the tab says what changed, and only queries that show it are read
 * again. A hidden tab lets its stream go (browsers allow six connections to one origin) and catches up when shown.
 */
export function LiveUpdates() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const visible = usePageVisible();
  const pending = useRef<Pending>(new Set());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const listKey = trpc.devices.list.pathKey();

  const refreshAggregates = useCallback(() => {
    timer.current = undefined;
    const ids = pending.current;
    pending.current = new Set();
    const shows = (query: Query) => !ids || intersects(query.state.data, ids) || query.state.dataUpdatedAt < Date.now() - AGGREGATE_MS * 2;
    void queries.invalidateQueries({ queryKey: listKey, predicate: shows });
    void queries.invalidateQueries({ queryKey: trpc.devices.overview.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.audit.activity.pathKey() });
  }, [queries, trpc, listKey]);

  const onDevices = (ids: string[] | null) => {
    const named = ids && new Set(ids);
    const isNamed = (query: Query) => !named || named.has(inputOf(query)?.deviceId ?? "");
    void queries.invalidateQueries({ queryKey: trpc.devices.get.pathKey(), predicate: isNamed });
    void queries.invalidateQueries({ queryKey: trpc.commands.list.pathKey(), predicate: isNamed });
    pending.current = named && pending.current ? new Set([...pending.current, ...named]) : null;
    timer.current ??= setTimeout(refreshAggregates, AGGREGATE_MS);
  };

  useEffect(() => () => clearTimeout(timer.current), []);
  useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      enabled: visible,
      onData: ({ data }) => {
        if (data.topic === "everything") void queries.invalidateQueries();
        else if (data.topic === "devices" || data.topic === "credentials") onDevices(data.ids);
        else void queries.invalidateQueries({ queryKey: data.topic === "farms" ? trpc.farms.pathKey() : trpc.people.pathKey() });
      },
    }),
  );
  return null;
}

function intersects(data: unknown, ids: ReadonlySet<string>): boolean {
  const devices = (data as { devices?: { deviceId: string }[] } | undefined)?.devices ?? [];
  return devices.some((device) => ids.has(device.deviceId));
}

/** tRPC's query keys are [path, { input, type }]. */
function inputOf(query: Query): { deviceId?: string } | undefined {
  return (query.queryKey[1] as { input?: { deviceId?: string } } | undefined)?.input;
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
