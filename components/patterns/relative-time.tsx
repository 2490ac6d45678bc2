"use client";

import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { formatRelativeTime } from "./format-relative-time";
import { clockNowMs, subscribeToClock } from "./ticking-clock";

interface RelativeTimeProps {
  /** `null` for never. */
  at: Date | string | number | null | undefined;
  /** Shown for `null`. */
  never?: string;
  /** " ago" in sentences; columns go without. */
  suffix?: string;
  /** Said of a moment that lay ahead and has come: "now". Left out = how long ago it was. */
  due?: string;
  className?: string;
}

/** `41 min`, counting; the exact time on hover. Re-renders only when its own text changes. */
export function RelativeTime({ at, never = "Never", suffix = "", due, className }: RelativeTimeProps) {
  if (at === null || at === undefined) return <span className={cn("text-ink-3", className)}>{never}</span>;
  return <Ticking atMs={new Date(at).getTime()} suffix={suffix} due={due} className={className} />;
}

function Ticking({ atMs, suffix, due, className }: { atMs: number; suffix: string; due?: string; className?: string }) {
  // While hydrating the text is left as the server wrote it (null), a moment later it is ours.
  const text = useSyncExternalStore(
    subscribeToClock,
    () => formatRelativeTime(atMs, clockNowMs()),
    () => (typeof window === "undefined" ? formatRelativeTime(atMs, Date.now()) : null),
  );
  const shown = text === null || text.startsWith("in ") ? text : (due ?? text + suffix);
  return (
    <time
      dateTime={Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString()}
      title={text === null || typeof window === "undefined" ? undefined : exactTime(atMs)}
      suppressHydrationWarning
      className={cn("whitespace-nowrap tabular", className)}
    >
      {shown ?? ""}
    </time>
  );
}

function exactTime(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
}
