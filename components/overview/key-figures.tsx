import { CircleAlert, Cpu, Hourglass, Wrench } from "lucide-react";
import { formatCount as count } from "@/components/patterns/format-count";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { StatCard } from "@/components/patterns/stat-card";
import type { Overview } from "@/server/services/devices/get-overview";

/** How the fleet is, in four figures. */
export function KeyFigures({ data }: { data: Overview }) {
  const { healthy, warning, critical, unknown } = data.byHealth;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatCard
        label="Devices online"
        icon={<Cpu aria-hidden />}
        value={count(data.online)}
        of={`of ${count(data.inService)}`}
        href="/devices"
        className="max-sm:col-span-2"
      >
        <SegmentedBar
          label="Devices by health"
          segments={[
            { label: "Healthy", value: healthy, tone: "healthy" },
            { label: "Warning", value: warning, tone: "warning" },
            { label: "Critical", value: critical, tone: "critical" },
            { label: "Unknown", value: unknown, tone: "unknown" },
          ]}
        />
      </StatCard>
      <StatCard
        label="Need attention"
        icon={<CircleAlert aria-hidden />}
        value={count(data.needsAttention)}
        tone={critical > 0 ? "critical" : undefined}
        note={`${count(critical)} critical · ${count(warning)} warning`}
        href="/devices?attention=true"
      />
      <StatCard
        label="Waiting to connect"
        icon={<Hourglass aria-hidden />}
        value={count(data.byLifecycle.provisioned)}
        note="never heard from"
        href="/devices?state=provisioned"
      />
      <StatCard
        label="In maintenance"
        icon={<Wrench aria-hidden />}
        value={count(data.byLifecycle.maintenance)}
        note="alerts are quiet"
        href="/devices?state=maintenance"
        className="max-sm:col-span-2"
      />
    </div>
  );
}
