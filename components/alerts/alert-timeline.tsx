import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { alertMessage } from "@/server/domain/alerts/describe";
import type { AlertEventView, AlertPageView } from "@/server/services/alerts/get-alert";
import { EVENT_LABELS, SEVERITY_LABELS, SEVERITY_TONES } from "./alert-facts";

/** What happened to an alert, oldest first. */
export function AlertTimeline({ alert }: { alert: AlertPageView }) {
  return (
    <ol className="divide-y">
      {alert.timeline.map((event) => (
        <li key={event.id} className="flex items-start gap-3 px-4 py-3">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
              {EVENT_LABELS[event.kind]}
              {event.actor ? <span className="font-normal text-ink-2">by {event.actor}</span> : null}
              {event.severity && (event.kind === "raised" || event.kind === "severity_changed") ? (
                <Badge tone={SEVERITY_TONES[event.severity]}>{SEVERITY_LABELS[event.severity]}</Badge>
              ) : null}
            </p>
            <p className="text-sm text-ink-2">{detailOf(event, alert)}</p>
          </div>
          <RelativeTime at={event.at} suffix=" ago" className="shrink-0 text-sm text-ink-3" />
        </li>
      ))}
    </ol>
  );
}

function detailOf({ kind, value, note }: AlertEventView, alert: AlertPageView): string | null {
  if (note) return note;
  if ((kind === "raised" || kind === "severity_changed" || kind === "returned") && value !== null)
    return alertMessage({ type: alert.type, value, message: null });
  return null;
}
