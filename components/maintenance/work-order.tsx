import { cn } from "@/components/ui/cn";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { DUE_KIND_LABELS, MAINTENANCE_TYPE_LABELS } from "@/server/domain/maintenance/maintenance-type";
import type { DueItem } from "@/server/services/maintenance/list-due";
import { describeDistance, formatDay } from "./format-day";

const BLANKS = ["Done on", "By", "Parts"];

/** One job on paper: a box to tick, which device where, what to do, and room for what was found. */
export function WorkOrder({ item }: { item: DueItem }) {
  const { device, farm } = item;
  const isCalibration = item.type === "calibration";
  const unit = [DEVICE_TYPE_FACTS[device.type].label, device.manufacturer, device.model].filter(Boolean).join(" · ");
  const place = [...new Set([device.location, device.group].filter(Boolean))].join(" · ");
  const blanks = isCalibration ? [...BLANKS.slice(0, 2), "Certificate", "Deviation"] : BLANKS;
  return (
    <li className="grid break-inside-avoid grid-cols-[auto_1fr] gap-x-3 panel p-4 print:p-3">
      <span aria-hidden className="mt-0.5 size-5 rounded-[0.25rem] border-2 border-ink" />
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="text-lg font-semibold">
            <span className="font-mono tracking-tight">{device.deviceId}</span> {device.name}
          </h3>
          <p className={cn("text-sm font-medium tabular", item.overdue && "text-critical")}>
            {formatDay(item.day)}
            {item.overdue ? `, ${describeDistance(item.day, farm.today)}` : ""}
          </p>
        </div>
        <p className="text-ink-2">{place || "No place recorded"}</p>
        <p className="mt-2 font-semibold">
          {item.title}{" "}
          <span className="font-normal text-ink-2">
            {[kindOf(item), item.technician]
              .filter(Boolean)
              .map((fact) => `· ${fact}`)
              .join(" ")}
          </span>
        </p>
        {item.notes ? <p className="mt-1 whitespace-pre-line text-ink-2">{item.notes}</p> : null}
        <p className="mt-1 text-sm text-ink-3">
          {unit}
          {device.serialNumber ? (
            <>
              {" · "}
              <span className="whitespace-nowrap">{device.serialNumber}</span>
            </>
          ) : null}
        </p>
        <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 sm:flex print:flex print:gap-4">
          {blanks.map((term) => (
            <div key={term} className="flex flex-1 items-end gap-2 last:odd:col-span-2">
              <dt className="text-sm whitespace-nowrap text-ink-2">{term}</dt>
              <dd className="min-w-0 flex-1 border-b border-ink-3">
                <span className="sr-only">to fill in</span>
              </dd>
            </div>
          ))}
        </dl>
        <div aria-hidden className="mt-5 h-6 border-y border-dotted border-line-3" />
      </div>
    </li>
  );
}

/** The kind of work, unless the title says it already. */
function kindOf(item: DueItem): string | null {
  const kind = item.kind === "work" && item.type ? MAINTENANCE_TYPE_LABELS[item.type] : DUE_KIND_LABELS[item.kind];
  return kind === item.title ? null : kind;
}
