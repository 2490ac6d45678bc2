"use client";

import { CircleX, GitCompareArrows, Hourglass } from "lucide-react";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { describeEntry } from "../offline/describe-entry";
import type { OutboxEntry } from "../offline/field-database";
import { discard, insist, retry } from "../offline/outbox";
import { useFieldStore } from "../offline/use-field";
import { ConflictChoice } from "./conflict-choice";

const ORDER = { conflict: 0, failed: 1, waiting: 2 } as const;

/** What has not arrived: what somebody has to decide first, then what waits by itself. */
export function OutboxList({ outbox }: { outbox: OutboxEntry[] }) {
  const store = useFieldStore();
  if (outbox.length === 0) return null;
  const stuck = new Set(outbox.filter((entry) => entry.state !== "waiting").map((entry) => entry.action.deviceId));
  const sorted = [...outbox].sort((one, other) => ORDER[one.state] - ORDER[other.state] || one.seq - other.seq);
  const decide = async (what: typeof discard, seq: number) => {
    await what(await store.database(), seq);
    void store.sync({ force: true });
  };
  return (
    <ul aria-label="Not sent yet" className="flex flex-col gap-2">
      {sorted.map((entry) => (
        <li key={entry.seq} className="flex flex-col gap-3 rounded-card border border-line-2 p-3">
          <div className="flex items-start gap-3">
            <EntryIcon state={entry.state} />
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                <span className="font-mono tracking-tight">{entry.action.deviceId}</span> {describeEntry(entry.action)}
              </p>
              <p className="text-sm text-ink-2">
                Done <RelativeTime at={entry.queuedAt} suffix=" ago" />
                {entry.state === "waiting" && entry.reason ? ` · ${entry.reason}` : ""}
                {entry.state === "waiting" && stuck.has(entry.action.deviceId) ? " · Waits for what is to decide about this device" : ""}
              </p>
              {entry.state === "failed" ? <p className="mt-1 font-medium text-critical">{entry.reason}</p> : null}
            </div>
          </div>
          {entry.conflict ? (
            <ConflictChoice
              conflict={entry.conflict}
              onMine={() => void decide(insist, entry.seq)}
              onTheirs={() => void decide(discard, entry.seq)}
            />
          ) : null}
          {entry.state === "failed" ? (
            <div className="grid grid-cols-2 gap-2">
              <Button size="lg" className="h-11" onClick={() => void decide(discard, entry.seq)}>
                Give up
              </Button>
              <Button size="lg" className="h-11" onClick={() => void decide(retry, entry.seq)}>
                Try again
              </Button>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function EntryIcon({ state }: { state: OutboxEntry["state"] }) {
  if (state === "conflict") {
    return (
      <IconTile tone="warning">
        <GitCompareArrows />
      </IconTile>
    );
  }
  return <IconTile tone={state === "failed" ? "critical" : "info"}>{state === "failed" ? <CircleX /> : <Hourglass />}</IconTile>;
}
