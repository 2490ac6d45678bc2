import { formatUptime } from "@/components/devices/format-readings";
import { useNow } from "@/components/devices/use-now";
import { cn } from "@/components/ui/cn";
import { TONE_FILL } from "@/components/ui/tone";
import type { DeviceUpdate } from "@/server/services/rollouts/list-device-updates";
import { describeDetail } from "./describe-detail";
import { TARGET_STATE_FACTS } from "./rollout-facts";
import { spansOf, type UpdateSpan } from "./update-spans";

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;

/** What happened to one device in one attempt, oldest first, and how long each part took: one under the other, over time. */
export function UpdateLog({ log }: { log: DeviceUpdate["log"] }) {
  const now = useNow();
  const first = log[0];
  if (!first) return <p className="text-sm text-ink-2">Nothing has happened yet.</p>;
  return (
    <div className="max-w-3xl text-sm">
      <p suppressHydrationWarning className="mb-1.5 text-ink-3 tabular">
        {first.at.toLocaleDateString("en-GB", DAY)}
      </p>
      <ol className="flex flex-col gap-1.5">
        {spansOf(log, now.getTime()).map((span) => (
          <Span key={`${span.at.getTime()}-${span.state}`} span={span} />
        ))}
      </ol>
    </div>
  );
}

function Span({ span: { state, at, detail, from, to, seconds, isEnd } }: { span: UpdateSpan }) {
  const { label, tone } = TARGET_STATE_FACTS[state];
  const lasted = seconds === null ? "" : `${formatUptime(seconds)}${isEnd ? " in all" : ""}`;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[4.5rem_9.5rem_minmax(0,1fr)_6.5rem]">
      <time suppressHydrationWarning dateTime={at.toISOString()} className="text-ink-3 tabular">
        {at.toLocaleTimeString("en-GB")}
      </time>
      <span className="truncate font-medium">{label}</span>
      <span aria-hidden className="relative h-2 max-sm:order-last max-sm:col-span-3 max-sm:mt-1">
        <span
          style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
          className={cn("absolute inset-y-0 min-w-1 rounded-full", to === from && from === 1 && "-translate-x-full", TONE_FILL[tone])}
        />
      </span>
      <span className="text-right text-ink-2 tabular">{lasted}</span>
      {detail ? <p className="col-span-full break-words text-ink-2 sm:col-start-2">{describeDetail(state, detail)}</p> : null}
    </li>
  );
}
