import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import type { WebhookDeliveryView } from "@/server/services/webhooks/views";
import { DELIVERY_FACTS, subjectLabel } from "./webhook-facts";

/** One message in the log; all of it opens its details. */
export function DeliveryRow({ delivery, onOpen }: { delivery: WebhookDeliveryView; onOpen: () => void }) {
  const { label, tone } = DELIVERY_FACTS[delivery.state];
  return (
    <li className="relative flex items-center gap-3 px-4 py-3 hover:bg-sunken/60">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <button
            type="button"
            onClick={onOpen}
            className="rounded-inner text-left font-mono font-semibold tracking-tight break-all -outline-offset-2 after:absolute after:inset-0"
          >
            {delivery.type}
          </button>
          <span className="text-sm text-ink-2">{subjectLabel(delivery.subject)}</span>
        </p>
        <p className="mt-0.5 text-sm text-ink-2 tabular">{outcomeOf(delivery)}</p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 text-sm text-ink-2">
        <Badge tone={tone}>{label}</Badge>
        <RelativeTime at={delivery.happenedAt} />
      </div>
    </li>
  );
}

function outcomeOf({ state, attempts, status, latencyMs, error, dueAt, isHeldBack, attemptedAt }: WebhookDeliveryView) {
  if (isHeldBack) return "Waits for an older message of the same thing";
  if (attemptedAt === null) return "Not tried yet";
  const answer =
    status === null ? (error ?? "No answer") : `${status}${latencyMs === null ? "" : ` in ${latencyMs.toLocaleString("en")} ms`}`;
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return (
    <>
      {answer} · {tries}
      {state === "waiting" ? (
        <>
          {" · "}next <RelativeTime at={dueAt} due="now" />
        </>
      ) : null}
    </>
  );
}
