import { RelativeTime } from "@/components/patterns/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import type { FirmwareStateView } from "@/server/services/firmware/get-firmware";
import { FirmwareStateBadge } from "./firmware-state-badge";

/** Who moved a version from state to state, the last first. */
export function StateHistory({ history }: { history: readonly FirmwareStateView[] }) {
  return (
    <Card>
      <CardHeader title="States" divided />
      <ol className="divide-y">
        {[...history].reverse().map((change) => (
          <li key={change.id} className="flex items-start gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <FirmwareStateBadge state={change.to} />
                <span className="text-ink-2">{change.by ? `by ${change.by}` : ""}</span>
              </p>
              {change.note ? <p className="mt-1 text-sm break-words whitespace-pre-line text-ink-2">{change.note}</p> : null}
            </div>
            <RelativeTime at={change.at} suffix=" ago" className="shrink-0 text-sm text-ink-3" />
          </li>
        ))}
      </ol>
    </Card>
  );
}
