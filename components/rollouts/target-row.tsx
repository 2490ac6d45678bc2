"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { TableCell, TableRow } from "@/components/ui/table";
import type { TargetView } from "@/server/services/rollouts/list-targets";
import { describeStanding } from "./describe-detail";
import { TargetStateBadge } from "./state-badges";
import { TargetTimeline } from "./target-timeline";

export interface TargetItemProps {
  rolloutId: string;
  target: TargetView;
  /** Left out: the caller may not. */
  onSkip?: () => void;
}

const COLUMNS = 6;

/** One device of a rollout in the table; opens to its timeline. */
export function TargetRow({ rolloutId, target, onSkip, stageName }: TargetItemProps & { stageName: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <TableRow>
        <TableCell>
          <DeviceLink target={target} />
        </TableCell>
        <TableCell className="text-ink-2">{stageName}</TableCell>
        <TableCell>
          <TargetStateBadge state={target.state} progress={target.progress} />
          <Why target={target} />
        </TableCell>
        <TableCell className="font-mono tracking-tight whitespace-nowrap text-ink-2">{target.fromVersion ?? "—"}</TableCell>
        <TableCell align="right">
          <RelativeTime at={target.stateAt} className="text-ink-2" />
        </TableCell>
        <TableCell align="right">
          <span className="flex items-center justify-end gap-1 whitespace-nowrap">
            <SkipButton target={target} onSkip={onSkip} />
            <Opener target={target} isOpen={isOpen} controls={id} onToggle={() => setOpen(!isOpen)} />
          </span>
        </TableCell>
      </TableRow>
      {isOpen ? (
        <tr id={id}>
          <td colSpan={COLUMNS} className="border-b bg-sunken/60 px-4 py-3">
            <TargetTimeline rolloutId={rolloutId} deviceId={target.deviceId} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** The phone's form of it. */
export function TargetItem({ rolloutId, target, onSkip }: TargetItemProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li className="px-4 py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <DeviceLink target={target} />
          <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
            <TargetStateBadge state={target.state} progress={target.progress} />
            <RelativeTime at={target.stateAt} suffix=" ago" />
          </p>
          <Why target={target} />
        </div>
        <Opener target={target} isOpen={isOpen} controls={id} onToggle={() => setOpen(!isOpen)} />
      </div>
      {isOpen ? (
        <div id={id} className="mt-3 rounded-control bg-sunken/60 p-3">
          <TargetTimeline rolloutId={rolloutId} deviceId={target.deviceId} />
          <SkipButton target={target} onSkip={onSkip} className="mt-2 -ml-3" />
        </div>
      ) : null}
    </li>
  );
}

function DeviceLink({ target: { deviceId, name, location } }: { target: TargetView }) {
  return (
    <>
      <Link href={`/devices/${deviceId}`} className="hit-area font-semibold hover:text-accent hover:underline">
        <span className="font-mono tracking-tight">{deviceId}</span> <span className="font-medium">{name}</span>
      </Link>
      {location ? <p className="text-sm text-ink-3">{location}</p> : null}
    </>
  );
}

function Why({ target }: { target: TargetView }) {
  const why = describeStanding(target);
  const again = target.attempt > 1 ? `attempt ${target.attempt}` : null;
  if (!why && !again) return null;
  return <p className="mt-1 max-w-md text-sm break-words text-ink-2">{[why, again].filter(Boolean).join(" · ")}</p>;
}

function SkipButton({ target, onSkip, className }: { target: TargetView; onSkip: (() => void) | undefined; className?: string }) {
  if (!onSkip || (target.state !== "pending" && target.state !== "held")) return null;
  return (
    <Button variant="ghost" size="sm" className={className} aria-label={`Leave ${target.deviceId} out`} onClick={onSkip}>
      Leave out…
    </Button>
  );
}

interface OpenerProps {
  target: TargetView;
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
}

function Opener({ target, isOpen, controls, onToggle }: OpenerProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={`Timeline of ${target.deviceId}`}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onClick={onToggle}
    >
      <ChevronDown aria-hidden className={cn("transition-transform", isOpen && "rotate-180")} />
    </Button>
  );
}
