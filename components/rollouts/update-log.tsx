import { formatUptime } from "@/components/devices/format-readings";
import { RelativeTime } from "@/components/patterns/relative-time";
import { cn } from "@/components/ui/cn";
import { TONE_FILL } from "@/components/ui/tone";
import type { DeviceUpdate } from "@/server/services/rollouts/list-device-updates";
import { describeDetail } from "./describe-detail";
import { TARGET_STATE_FACTS } from "./rollout-facts";

/** What happened to one device in one attempt, oldest first, and how long each part took. */
export function UpdateLog({ log }: { log: DeviceUpdate["log"] }) {
  if (log.length === 0) return <p className="text-sm text-ink-2">Nothing has happened yet.</p>;
  return (
    <ol className="flex flex-col gap-2">
      {log.map((entry, index) => {
        const { label, tone } = TARGET_STATE_FACTS[entry.state];
        const next = log[index + 1];
        return (
          <li key={`${entry.at.getTime()}-${entry.state}`} className="flex items-start gap-3 text-sm">
            <span aria-hidden className={cn("mt-1.5 size-2 shrink-0 rounded-full", TONE_FILL[tone])} />
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-medium">{label}</span>
                <span className="text-ink-3 tabular">{spanOf(entry, next)}</span>
              </p>
              {entry.detail ? <p className="break-words text-ink-2">{describeDetail(entry.state, entry.detail)}</p> : null}
            </div>
            <RelativeTime at={entry.at} suffix=" ago" className="shrink-0 text-ink-3" />
          </li>
        );
      })}
    </ol>
  );
}

type Entry = DeviceUpdate["log"][number];

/** How long a state lasted, or, at the end, all of it from being told on. */
function spanOf({ at, durationSeconds }: Entry, next: Entry | undefined): string {
  if (durationSeconds !== null) return ` · ${formatUptime(durationSeconds)} in all`;
  return next ? ` · ${formatUptime(Math.max(0, Math.round((next.at.getTime() - at.getTime()) / 1000)))}` : "";
}
