import { ChevronRight } from "lucide-react";
import type { ScannedMatch } from "@/server/services/scan/find-scanned";

/** Serial numbers are unique for one maker only. */
export function MatchList({ matches, onChoose }: { matches: readonly ScannedMatch[]; onChoose: (deviceId: string) => void }) {
  return (
    <ul className="flex flex-col gap-2">
      {matches.map(({ device, farm }) => (
        <li key={device.deviceId}>
          <button
            type="button"
            onClick={() => onChoose(device.deviceId)}
            className="flex min-h-14 w-full items-center gap-3 rounded-control border border-line-2 px-4 py-2 text-left hover:bg-sunken"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                <span className="font-mono tracking-tight">{device.deviceId}</span> {device.name}
              </span>
              <span className="block truncate text-sm text-ink-2">
                {[device.manufacturer, farm.name, device.location].filter(Boolean).join(" · ")}
              </span>
            </span>
            <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3" />
          </button>
        </li>
      ))}
    </ul>
  );
}
