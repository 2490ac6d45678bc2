import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import { checkLabel, checkValue, compareResults, type CheckSource } from "@/server/domain/diagnostics/check";
import type { CheckChange, ComparedCheck } from "@/server/domain/diagnostics/compare";
import { CHECK_RESULT_FACTS, CHECK_SOURCE_LABELS } from "./diagnostic-facts";

const CHANGE_FACTS: Record<Exclude<CheckChange, "same">, { label: string; tone: Tone }> = {
  better: { label: "Better", tone: "healthy" },
  worse: { label: "Worse", tone: "critical" },
  new: { label: "New", tone: "unknown" },
};

interface CheckListProps {
  source: CheckSource;
  checks: readonly ComparedCheck[];
  /** Shows what changed since the report before. */
  compared: boolean;
}

/** The checks of one source, the gravest first, each with what to do about it. */
export function CheckList({ source, checks, compared }: CheckListProps) {
  const own = checks.filter((check) => check.source === source).sort((a, b) => compareResults(b.result, a.result));
  if (own.length === 0) return null;
  return (
    <section>
      <h3 className="px-4 pt-3 pb-1 text-sm font-semibold text-ink-2">{CHECK_SOURCE_LABELS[source]}</h3>
      <ul className="divide-y">
        {own.map((check) => (
          <CheckRow key={check.key} check={check} compared={compared} />
        ))}
      </ul>
    </section>
  );
}

function CheckRow({ check, compared }: { check: ComparedCheck; compared: boolean }) {
  const { label, tone, icon: Icon } = CHECK_RESULT_FACTS[check.result];
  const change = compared && check.change !== "same" ? CHANGE_FACTS[check.change] : undefined;
  const hasMoved = compared && (check.change === "better" || check.change === "worse") && check.previousValue !== check.value;
  return (
    <li className="flex gap-3 px-4 py-2.5">
      <Icon role="img" aria-label={label} className={cn("mt-0.5 size-4.5 shrink-0", TONE_TEXT[tone])} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            {checkLabel(check.key)}
            {change ? (
              <Badge tone={change.tone} icon={null}>
                {change.label}
              </Badge>
            ) : null}
          </p>
          <p className="min-w-0 wrap-anywhere text-ink-2 tabular">{checkValue(check)}</p>
        </div>
        {hasMoved && check.previousValue ? (
          <p className="text-sm text-ink-3">Before: {checkValue({ key: check.key, value: check.previousValue })}</p>
        ) : null}
        {check.nextStep ? <p className="text-sm text-ink-2">{check.nextStep}</p> : null}
      </div>
    </li>
  );
}
