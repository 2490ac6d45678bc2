import { Wrench } from "lucide-react";
import Link from "next/link";
import { ALERT_ICONS, SEVERITY_TONES } from "@/components/alerts/alert-facts";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { IconTile } from "@/components/ui/icon-tile";
import { ALERT_TYPE_LABELS } from "@/server/domain/alerts/vocabulary";
import { CONSEQUENCE_LABELS, type Consequence } from "@/server/domain/overview/consequence";
import type { AttentionItem, AttentionQueue } from "@/server/services/overview/list-attention";

/** What needs somebody, under the words that say why it stands where it stands; each line opens it. */
export function AttentionList({ items, total }: Pick<AttentionQueue, "items" | "total">) {
  return (
    <>
      {sectionsOf(items).map(([consequence, ofIt]) => (
        <section key={consequence} aria-label={CONSEQUENCE_LABELS[consequence]} className="border-b last-of-type:border-b-0">
          <h3 className="px-4 pt-3 text-sm font-medium text-ink-3">{CONSEQUENCE_LABELS[consequence]}</h3>
          <ul className="divide-y">
            {ofIt.map((item) => (
              <AttentionRow key={item.alert?.id ?? item.device?.deviceId} item={item} />
            ))}
          </ul>
        </section>
      ))}
      {total > items.length ? (
        <p className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-3">
          <span className="text-ink-2 tabular">
            {formatCount(items.length)} of {formatCount(total)}
          </span>
          <Link href="/alerts" className="font-medium text-accent hover:underline">
            All alerts
          </Link>
          <Link href="/devices?attention=true" className="font-medium text-accent hover:underline">
            All devices that need attention
          </Link>
        </p>
      ) : null}
    </>
  );
}

/** The queue is in order, so that what belongs together stands together. */
function sectionsOf(items: readonly AttentionItem[]): [Consequence, AttentionItem[]][] {
  const sections = new Map<Consequence, AttentionItem[]>();
  for (const item of items) sections.set(item.consequence, [...(sections.get(item.consequence) ?? []), item]);
  return [...sections];
}

function AttentionRow({ item }: { item: AttentionItem }) {
  const { alert, device } = item;
  const Icon = alert ? ALERT_ICONS[alert.type] : Wrench;
  const place = [device?.location ?? (device ? item.group?.name : null), item.farm?.name].filter(Boolean).join(" · ");
  return (
    <li className="relative flex items-center gap-3.5 px-4 py-2.5 hover:bg-sunken/60">
      <IconTile tone={alert ? SEVERITY_TONES[alert.severity] : "maintenance"}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <Link
            href={alert ? `/alerts/${alert.id}` : `/devices/${device?.deviceId}?tab=maintenance`}
            className="-outline-offset-2 after:absolute after:inset-0"
          >
            {device ? <span className="mr-1.5 font-mono tracking-tight">{device.deviceId}</span> : null}
            {attentionTitle(item)}
          </Link>
        </p>
        <p className="text-sm">
          <span className="text-ink-2">
            <AttentionMessage item={item} />
            {item.otherAlerts > 0 ? ` and ${amountOf(item.otherAlerts, "other alert")}` : ""}
          </span>
          {place ? <span className="text-ink-3"> · {place}</span> : null}
        </p>
      </div>
      <div className="shrink-0 text-right text-sm text-ink-2">
        {alert ? <RelativeTime at={item.since} /> : null}
        {item.isAcknowledged ? <p className="text-ink-3">in hand</p> : null}
      </div>
    </li>
  );
}

/** The device's name, the group's, or the condition itself. */
export function attentionTitle({ device, group, alert }: AttentionItem): string {
  return device?.name ?? group?.name ?? (alert ? ALERT_TYPE_LABELS[alert.type] : "");
}

/** What is wrong, and of a silent device for how long it has been so. */
export function AttentionMessage({ item }: { item: AttentionItem }) {
  if (item.alert?.type !== "offline" || !item.lastSeenAt) return item.message;
  return (
    <>
      Silent for <RelativeTime at={item.lastSeenAt} />
    </>
  );
}
