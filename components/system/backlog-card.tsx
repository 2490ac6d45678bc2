import { formatCount } from "@/components/patterns/format-count";
import { formatDuration } from "@/components/patterns/format-relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import type { Backlog } from "@/server/services/system/read-backlog";
import { BACKLOG_FACTS } from "./system-facts";

/** What is on its way, and how long the first of it has waited. */
export function BacklogCard({ backlog }: { backlog: readonly Backlog[] }) {
  return (
    <Card>
      <CardHeader title="On its way" description="What is due and not done yet" divided />
      <ul aria-label="On its way" className="divide-y">
        {backlog.map(({ what, waiting, oldestSeconds }) => (
          <li key={what} className="flex items-center justify-between gap-4 px-4 py-2.5">
            <span className="min-w-0">
              {BACKLOG_FACTS[what].label}
              <span className="block text-sm text-ink-2">{BACKLOG_FACTS[what].about}</span>
            </span>
            <span className="shrink-0 text-right tabular">
              {formatCount(waiting)}
              {waiting > 0 && oldestSeconds !== null ? (
                <span className="block text-sm text-ink-2">oldest {formatDuration(oldestSeconds * 1_000)}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
