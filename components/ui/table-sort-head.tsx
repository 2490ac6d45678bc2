"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { TABLE_HEAD_CELL } from "./table";

export type SortDirection = "asc" | "desc";

interface TableSortHeadProps {
  /** `null` when the table is sorted by another column. */
  direction: SortDirection | null;
  /** `added`: with shift held, the column breaks the ties of the ones before. */
  onSort: (next: SortDirection, added: boolean) => void;
  /** Its place when several columns sort. */
  rank?: number;
  /** First click; times and counts read better from the top. */
  firstDirection?: SortDirection;
  align?: "left" | "right";
  className?: string;
  children: ReactNode;
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

export function TableSortHead({
  direction,
  onSort,
  rank,
  firstDirection = "asc",
  align = "left",
  className,
  children,
}: TableSortHeadProps) {
  const next = direction === null ? firstDirection : direction === "asc" ? "desc" : "asc";
  const Icon = direction === null ? ChevronsUpDown : direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={direction ? ARIA_SORT[direction] : "none"} className={cn(TABLE_HEAD_CELL, className)}>
      <button
        type="button"
        onClick={(event) => onSort(next, event.shiftKey)}
        title="Shift-click sorts by several columns"
        className={cn(
          "-mx-1.5 inline-flex h-7 items-center gap-1 rounded-inner px-1.5 hover:bg-sunken hover:text-ink pointer-coarse:h-11",
          align === "right" && "float-right flex-row-reverse",
          direction && "text-ink",
        )}
      >
        {children}
        {rank ? <span className="text-xs text-accent tabular">{rank}</span> : null}
        <Icon aria-hidden className={cn("size-3.5", direction ? "text-accent" : "opacity-60")} />
      </button>
    </th>
  );
}
