"use client";

import { ArrowLeft, Check, CloudOff, Hourglass, KeyRound, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { amountOf } from "@/components/patterns/format-count";
import { cn } from "@/components/ui/cn";
import type { FieldSnapshot } from "./offline/field-store";

export const loadOutboxSheet = () => import("./outbox/outbox-sheet");
const OutboxSheet = dynamic(() => loadOutboxSheet().then((module) => module.OutboxSheet), { ssr: false });

/** Back to the console, and at any time the truth about what has arrived. */
export function ScanHeader({ field }: { field: FieldSnapshot }) {
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  const { icon: Icon, words, tone } = standing(field);
  return (
    <header className="flex shrink-0 items-center gap-1 border-b bg-panel px-2 pt-[env(safe-area-inset-top)]">
      {/* A full load: the console is not the service worker's business. */}
      {}
      <a
        href="/overview"
        aria-label="Back to the console"
        className="grid size-12 shrink-0 place-items-center rounded-control hover:bg-sunken"
      >
        <ArrowLeft aria-hidden className="size-5" />
      </a>
      <h1 className="text-lg font-semibold">Scan</h1>
      <button
        type="button"
        aria-haspopup="dialog"
        disabled={!field.pack}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
        className={cn("ml-auto flex h-12 min-w-0 items-center gap-2 rounded-control px-3 font-medium hover:bg-sunken", tone)}
      >
        <Icon aria-hidden className="size-4.5 shrink-0" />
        <span aria-live="polite" className="truncate">
          {words}
        </span>
      </button>
      {opened ? <OutboxSheet field={field} open={open} onOpenChange={setOpen} /> : null}
    </header>
  );
}

/** The one thing to know about the connection and the outbox. */
function standing({ outbox, connection, phase }: FieldSnapshot) {
  if (phase !== "ready") return { icon: Hourglass, words: "Opening …", tone: "text-ink-2" };
  const stuck = outbox.filter((entry) => entry.state !== "waiting").length;
  if (stuck > 0) return { icon: TriangleAlert, words: `${stuck} to decide`, tone: "text-critical" };
  const waiting = outbox.length;
  if (connection === "signed_out")
    return { icon: KeyRound, words: waiting ? `Sign in to send ${waiting}` : "Signed out", tone: "text-warning" };
  if (connection === "offline")
    return { icon: CloudOff, words: waiting ? `Offline · ${amountOf(waiting, "change")} waiting` : "Offline", tone: "text-warning" };
  if (waiting > 0) return { icon: Hourglass, words: `Sending ${waiting} …`, tone: "text-info" };
  return { icon: Check, words: "All sent", tone: "text-healthy" };
}
