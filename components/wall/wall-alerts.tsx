import { CircleCheck } from "lucide-react";
import { ALERT_ICONS, SEVERITY_TONES } from "@/components/alerts/alert-facts";
import { AttentionMessage, attentionTitle } from "@/components/overview/attention-list";
import { formatCount } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { cn } from "@/components/ui/cn";
import { TONE_TEXT } from "@/components/ui/tone";
import type { AttentionItem, AttentionQueue } from "@/server/services/overview/list-attention";
import { WallSection } from "./wall-section";

/** Critical alerts that are open, the gravest consequence first. */
export function WallAlerts({ queue }: { queue: AttentionQueue | undefined }) {
  const more = queue ? queue.total - queue.items.length : 0;
  return (
    <WallSection title="Critical now" note={more > 0 ? `and ${formatCount(more)} more` : null} isLoading={!queue}>
      {queue?.items.length === 0 ? (
        <div className="grid flex-1 place-content-center justify-items-center gap-4 py-8 text-[clamp(1.25rem,3.4vh,3rem)] text-healthy">
          <CircleCheck aria-hidden className="size-[2em]" />
          <p>Nothing critical</p>
        </div>
      ) : (
        <ul className="flex min-h-0 flex-1 flex-col divide-y">
          {queue?.items.map((item) => (
            <WallAlert key={item.alert?.id ?? item.device?.deviceId} item={item} />
          ))}
        </ul>
      )}
    </WallSection>
  );
}

function WallAlert({ item }: { item: AttentionItem }) {
  const { alert, device, farm, group } = item;
  if (!alert) return null;
  const Icon = ALERT_ICONS[alert.type];
  const place = [device?.location ?? (device ? group?.name : null), farm?.name].filter(Boolean).join(" · ");
  return (
    <li className="flex max-h-[15vh] min-h-0 flex-1 items-center gap-[clamp(0.75rem,1.4vw,1.75rem)] py-1 max-lg:py-3">
      <Icon aria-hidden className={cn("size-[clamp(1.5rem,4vh,3.5rem)] shrink-0", TONE_TEXT[SEVERITY_TONES[alert.severity]])} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-[clamp(1.125rem,3vh,2.75rem)] leading-tight font-semibold">
          {attentionTitle(item)}
          {device ? <span className="ml-[0.6em] font-mono text-[0.7em] font-normal text-ink-2">{device.deviceId}</span> : null}
        </p>
        <p className="truncate text-[clamp(0.9375rem,2vh,1.75rem)] leading-snug text-ink-2">
          <AttentionMessage item={item} /> · {place}
        </p>
      </div>
      <p className="shrink-0 text-right text-[clamp(1rem,2.4vh,2.125rem)] leading-tight">
        <RelativeTime at={item.since} />
        {item.isAcknowledged ? <span className="block text-[0.75em] text-ink-2">in hand</span> : null}
      </p>
    </li>
  );
}
