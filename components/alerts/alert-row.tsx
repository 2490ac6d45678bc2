"use client";

import Link from "next/link";
import type { SelectionControl } from "@/components/devices/list/use-selection";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { IconTile } from "@/components/ui/icon-tile";
import { ALERT_TYPE_LABELS } from "@/server/domain/alerts/vocabulary";
import type { ListedAlert } from "@/server/services/alerts/list-alerts";
import { ALERT_ICONS, SEVERITY_LABELS, SEVERITY_TONES } from "./alert-facts";

interface AlertRowProps {
  alert: ListedAlert;
  /** Left out: nothing can be chosen. */
  selection?: SelectionControl;
  /** On the device's own page, where it need not be said which device. */
  onDevice?: boolean;
}

/** One alert in a list: what, where, since when, and what is being done about it. */
export function AlertRow({ alert, selection, onDevice = false }: AlertRowProps) {
  const Icon = ALERT_ICONS[alert.type];
  const places = onDevice ? [] : [alert.device ? alert.group?.name : null, alert.device?.location, alert.farm?.name];
  const place = [...new Set(places.filter(Boolean))].join(" · ");
  return (
    <li
      data-alert={alert.id}
      className="relative flex items-start gap-3 px-4 py-3 [contain-intrinsic-block-size:auto_5rem] [content-visibility:auto] hover:bg-sunken/60"
    >
      {selection ? (
        <span className="relative z-1 grid h-8 shrink-0 place-items-center">
          <Checkbox
            aria-label={`Select: ${titleOf(alert)}, ${alert.message}`}
            checked={selection.isSelected(alert.id)}
            onCheckedChange={(chosen) => selection.toggle(alert.id, chosen)}
          />
        </span>
      ) : null}
      <IconTile tone={alert.state === "resolved" ? "unknown" : SEVERITY_TONES[alert.severity]}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <Link href={`/alerts/${alert.id}`} className="-outline-offset-2 after:absolute after:inset-0">
            {alert.device && !onDevice ? <span className="mr-1.5 font-mono tracking-tight">{alert.device.deviceId}</span> : null}
            {onDevice ? ALERT_TYPE_LABELS[alert.type] : titleOf(alert)}
          </Link>
        </p>
        <p className="text-sm">
          <span className="text-ink-2">
            {alert.type === "offline" && alert.state !== "resolved" ? (
              <>
                Silent for <RelativeTime at={alert.lastSeenAt} />
              </>
            ) : (
              alert.message
            )}
          </span>
          {place ? <span className="text-ink-3"> · {place}</span> : null}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-3">
          <Badge tone={SEVERITY_TONES[alert.severity]}>{SEVERITY_LABELS[alert.severity]}</Badge>
          <StateNote alert={alert} />
          {alert.flaps > 0 && alert.state !== "resolved" ? <span>comes and goes</span> : null}
        </p>
      </div>
      <div className="shrink-0 text-right text-sm text-ink-2">
        <RelativeTime at={alert.firstOccurrence} />
        {alert.occurrenceCount > 1 ? <p className="text-ink-3 tabular">{alert.occurrenceCount.toLocaleString("en")}×</p> : null}
      </div>
    </li>
  );
}

/** What the alert is about: the device's name, the group's, or the condition itself. */
export function titleOf({ device, group, type }: Pick<ListedAlert, "device" | "group" | "type">): string {
  return device?.name ?? group?.name ?? ALERT_TYPE_LABELS[type];
}

/** Who has it in hand, or how it ended. */
function StateNote({ alert }: { alert: ListedAlert }) {
  if (alert.state === "resolved") return <span>{alert.resolvedBy ? `resolved by ${alert.resolvedBy}` : "resolved by itself"}</span>;
  if (alert.isSnoozed)
    return (
      <span>
        snoozed, back <RelativeTime at={alert.snoozedUntil} /> · {alert.snoozeReason}
      </span>
    );
  if (alert.state === "acknowledged") return <span>acknowledged{alert.acknowledgedBy ? ` by ${alert.acknowledgedBy}` : ""}</span>;
  return <span>not acknowledged</span>;
}
