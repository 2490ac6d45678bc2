"use client";

import { Flag, SkipForward, Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { placeLabel, type Walk } from "@/server/domain/scan/walk";

interface WalkBarProps {
  walk: Walk;
  /** `undefined` = every place has had its turn. */
  next: number | undefined;
  onSkip: () => void;
  onUndo: () => void;
  onEnd: () => void;
}

/** Where the next device goes, and what went before; for a thumb in a glove. */
export function WalkBar({ walk, next, onSkip, onUndo, onEnd }: WalkBarProps) {
  const last = walk.steps.at(-1);
  return (
    <section aria-label="Walk" className="flex flex-col gap-3 border-b bg-accent-soft p-4">
      <div className="flex items-end justify-between gap-3">
        <div className="min-w-0">
          <p className="text-sm text-ink-2">{next === undefined ? "Every place has had its turn" : "Next"}</p>
          <p className="truncate text-figure font-semibold" aria-live="polite">
            {next === undefined ? "Done" : placeLabel(walk, next)}
          </p>
        </div>
        <p className="min-w-0 truncate text-right text-ink-2">
          {last ? (
            <>
              {placeLabel(walk, last.place)}:{" "}
              <span className="font-mono font-medium text-ink">{last.device?.deviceId ?? "passed over"}</span>
            </>
          ) : (
            "Scan one after another"
          )}
        </p>
      </div>
      <div className="grid grid-cols-3 gap-2">
        <Button size="field" className="px-2" disabled={walk.steps.length === 0} onClick={onUndo}>
          <Undo2 aria-hidden />
          Undo
        </Button>
        <Button size="field" className="px-2" disabled={next === undefined} onClick={onSkip}>
          <SkipForward aria-hidden />
          Pass
        </Button>
        <Button size="field" variant="primary" className="px-2" onClick={onEnd}>
          <Flag aria-hidden />
          End
        </Button>
      </div>
    </section>
  );
}
