import { Fragment, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface Definition {
  term: string;
  /** Nothing known is shown as a dash. */
  value: ReactNode;
  mono?: boolean;
}

/** Facts about one thing. Terms beside values where there is room. */
export function DefinitionList({ items, className }: { items: readonly Definition[]; className?: string }) {
  return (
    <dl className={cn("grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 gap-y-2.5 sm:grid-cols-[minmax(8rem,auto)_1fr]", className)}>
      {items.map(({ term, value, mono }) => (
        <Fragment key={term}>
          <dt className="text-ink-2">{term}</dt>
          <dd className={cn("min-w-0 tabular", mono && isKnown(value) && "font-mono tracking-tight")}>
            {isKnown(value) ? value : <Missing />}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function isKnown(value: ReactNode): boolean {
  return value !== null && value !== undefined && value !== "";
}

/** A dash for eyes, "not known" for ears. */
export function Missing({ label = "not known" }: { label?: string }) {
  return (
    <span className="text-ink-3">
      <span aria-hidden>—</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
