"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/select";
import { formatCount } from "./format-count";

interface PaginationProps {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  onPageChange: (page: number) => void;
  /** "devices": says what is counted. */
  noun?: string;
  pageSizes?: readonly number[];
  onPageSizeChange?: (pageSize: number) => void;
  className?: string;
}

/** "1–50 of 248 devices", back and forward. */
export function Pagination({ page, pageSize, total, onPageChange, noun, pageSizes, onPageSizeChange, className }: PaginationProps) {
  const pageCount = Math.max(1, Math.ceil(total / pageSize));
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav aria-label="Pages" className={cn("flex flex-wrap items-center justify-between gap-x-4 gap-y-2", className)}>
      <p className="text-sm text-ink-2 tabular" aria-live="polite">
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
        {noun ? ` ${noun}` : null}
      </p>
      <div className="flex items-center gap-2">
        {pageSizes && onPageSizeChange ? (
          <Select
            size="md"
            aria-label="Rows a page"
            className="w-auto min-w-30 max-sm:hidden"
            value={String(pageSize)}
            onValueChange={(value) => onPageSizeChange(Number(value))}
            items={pageSizes.map((size) => ({ value: String(size), label: `${size} a page` }))}
          />
        ) : null}
        <span className="px-1 text-sm text-ink-2 tabular max-sm:sr-only">
          Page {formatCount(page)} of {formatCount(pageCount)}
        </span>
        <Button size="icon" aria-label="Previous page" disabled={page <= 1} onClick={() => onPageChange(page - 1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button size="icon" aria-label="Next page" disabled={page >= pageCount} onClick={() => onPageChange(page + 1)}>
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}

/** At the foot of a list in a card, when it has several pages. */
export function CardPagination(props: Omit<PaginationProps, "className">) {
  return props.total > props.pageSize ? <Pagination {...props} className="border-t px-4 py-3" /> : null;
}
