import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { DelayedSearch, type DelayedSearchProps } from "./delayed-search";

interface FilterBarProps {
  search?: DelayedSearchProps;
  /** Chips and selects. */
  children?: ReactNode;
  className?: string;
}

/** Search and filters over a list, side by side; on phones the search, and under it one row that a finger moves sideways. */
export function FilterBar({ search, children, className }: FilterBarProps) {
  return (
    <div className={cn("flex flex-wrap items-center gap-2", className)}>
      {search ? <DelayedSearch {...search} /> : null}
      <div className="scroll-row w-full gap-2 sm:contents">{children}</div>
    </div>
  );
}
