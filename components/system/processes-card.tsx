import { formatBytes } from "@/components/devices/format-readings";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import type { ProcessView } from "@/server/services/system/read-processes";
import { PROCESS_LABELS } from "./system-facts";

/** The processes of the product, as each says of itself every ten seconds. */
export function ProcessesCard({ processes }: { processes: readonly ProcessView[] }) {
  const versions = new Set(processes.filter(({ isAlive }) => isAlive).map(({ version }) => version));
  return (
    <Card>
      <CardHeader title="Processes" description="As each says of itself every ten seconds" divided />
      {versions.size > 1 ? (
        <Callout tone="warning" className="mx-4 mt-3">
          They run different versions of the product: {[...versions].sort().join(", ")}. Restart the older ones.
        </Callout>
      ) : null}
      <ul aria-label="Processes" className="divide-y">
        {processes.map((process) => (
          <Process key={process.name} process={process} />
        ))}
      </ul>
    </Card>
  );
}

function Process({ process: { name, kind, version, nodeVersion, startedAt, aliveAt, isAlive, memoryBytes } }: { process: ProcessView }) {
  return (
    <li className="px-4 py-3">
      <p className="flex items-center justify-between gap-3">
        <span className="font-semibold">{PROCESS_LABELS[kind]}</span>
        <Badge tone={isAlive ? "healthy" : "critical"}>{isAlive ? "Running" : "Silent"}</Badge>
      </p>
      <p className="font-mono text-sm tracking-tight break-all text-ink-2">{name}</p>
      <div className="flex flex-wrap items-center gap-x-5 pt-1 text-sm text-ink-2 tabular">
        <span>
          Version {version}, Node {nodeVersion.replace(/^v/, "")}
        </span>
        <span>{formatBytes(memoryBytes)} of memory</span>
        {isAlive ? (
          <span>
            Up for <RelativeTime at={startedAt} />
          </span>
        ) : (
          <span>
            Last heard of <RelativeTime at={aliveAt} suffix=" ago" />
          </span>
        )}
      </div>
    </li>
  );
}
