import { Replace } from "lucide-react";
import Link from "next/link";
import type { DevicePageView } from "@/server/services/devices/get-device";

/** Which unit took this one's place, and whose place it took. */
export function ReplacementNotice({ device }: { device: Pick<DevicePageView, "replacedBy" | "replaces"> }) {
  const { replacedBy, replaces } = device;
  if (!replacedBy && !replaces) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 px-1 text-ink-2">
      <Replace aria-hidden className="size-4 shrink-0 text-ink-3" />
      {replaces ? (
        <span>
          Replaces <UnitLink deviceId={replaces.deviceId} />
        </span>
      ) : null}
      {replacedBy ? (
        <span>
          {replaces ? "· replaced by " : "Replaced by "}
          <UnitLink deviceId={replacedBy.deviceId} />
        </span>
      ) : null}
    </p>
  );
}

function UnitLink({ deviceId }: { deviceId: string }) {
  return (
    <Link href={`/devices/${deviceId}`} className="font-mono tracking-tight text-accent hover:underline pointer-coarse:py-2.5">
      {deviceId}
    </Link>
  );
}
