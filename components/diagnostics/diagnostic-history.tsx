import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { DiagnosticSummary } from "@/server/services/diagnostics/views";
import { CHECK_RESULT_FACTS, describeCounts } from "./diagnostic-facts";

interface DiagnosticHistoryProps {
  diagnostics: readonly DiagnosticSummary[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

/** Earlier reports; choosing one shows it. */
export function DiagnosticHistory({ diagnostics, selectedId, onSelect }: DiagnosticHistoryProps) {
  return (
    <ul className="divide-y">
      {diagnostics.map((diagnostic) => (
        <li key={diagnostic.id}>
          <button
            type="button"
            disabled={diagnostic.state === "running"}
            aria-current={diagnostic.id === selectedId ? "true" : undefined}
            onClick={() => onSelect(diagnostic.id)}
            className={cn(
              "flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-left -outline-offset-2",
              diagnostic.id === selectedId ? "bg-accent-soft" : "enabled:hover:bg-sunken/60",
            )}
          >
            <ResultBadge diagnostic={diagnostic} />
            <span className="min-w-0 flex-1 truncate text-ink-2">
              {[describeCounts(diagnostic.counts), diagnostic.state === "no_answer" && "no answer", diagnostic.requestedBy]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <RelativeTime at={diagnostic.requestedAt} suffix=" ago" className="text-sm text-ink-2" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function ResultBadge({ diagnostic: { state, result } }: { diagnostic: DiagnosticSummary }) {
  if (state === "running") return <Badge tone="info">Running</Badge>;
  const { label, tone } = CHECK_RESULT_FACTS[result ?? "warning"];
  return <Badge tone={tone}>{label}</Badge>;
}
