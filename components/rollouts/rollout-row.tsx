import Link from "next/link";
import { DeviceTypeIcon } from "@/components/devices/device-type-icon";
import { amountOf } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { Badge } from "@/components/ui/badge";
import { IconTile } from "@/components/ui/icon-tile";
import type { RolloutView } from "@/server/services/rollouts/views";
import { progressInWords, progressOf, segmentsOf } from "./rollout-progress";
import { RolloutStateBadge } from "./state-badges";
import { ROLLOUT_STATE_FACTS } from "./rollout-facts";

/** One rollout in a list: what goes where, how far it is, and why it stopped. */
export function RolloutRow({ rollout }: { rollout: RolloutView }) {
  const progress = progressOf(rollout.counts);
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-sunken/60">
      <IconTile tone={ROLLOUT_STATE_FACTS[rollout.state].tone}>
        <DeviceTypeIcon type={rollout.deviceType} />
      </IconTile>
      <div className="grid min-w-0 flex-1 gap-x-8 gap-y-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Link
              href={`/rollouts/${rollout.id}`}
              className="min-w-0 font-semibold break-words -outline-offset-2 after:absolute after:inset-0"
            >
              {rollout.name}
            </Link>
            <RolloutStateBadge state={rollout.state} />
            {rollout.kind === "rollback" ? <Badge tone="maintenance">Sends back</Badge> : null}
          </p>
          {rollout.stopped ? <p className="mt-0.5 text-sm break-words text-ink-2">{rollout.stopped}</p> : null}
          <p className="mt-0.5 text-sm text-ink-3 tabular">
            {rollout.firmware ? (
              <>
                <span className="font-mono tracking-tight">{rollout.firmware.version}</span> ·{" "}
              </>
            ) : null}
            {amountOf(rollout.farms, "farm")}
            {rollout.createdBy ? ` · ${rollout.createdBy}` : null}
          </p>
        </div>
        <div className="max-w-xl min-w-0 lg:pt-1.5">
          <SegmentedBar label={`Devices of ${rollout.name}`} segments={segmentsOf(progress)} />
          <p className="mt-1 text-sm text-ink-2 tabular">{progressInWords(progress)}</p>
        </div>
      </div>
      <p className="w-18 shrink-0 text-right text-sm text-ink-2">
        <When rollout={rollout} />
      </p>
    </li>
  );
}

/** The moment that matters most: when it begins, has begun or has ended. */
function When({ rollout: { state, scheduledAt, startedAt, finishedAt } }: { rollout: RolloutView }) {
  if (state === "scheduled") return <RelativeTime at={scheduledAt} due="due now" />;
  return <RelativeTime at={finishedAt ?? startedAt ?? scheduledAt} suffix=" ago" />;
}
