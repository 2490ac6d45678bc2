"use client";

import Link from "next/link";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { NavIcon } from "./nav-icon";
import type { NavItem } from "./navigation";

interface MoreSheetProps {
  items: readonly NavItem[];
  current: string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The pages that have no place in the bottom bar. */
export function MoreSheet({ items, current, open, onOpenChange }: MoreSheetProps) {
  return (
    <Sheet open={open} onOpenChange={(next) => onOpenChange(next)}>
      <SheetContent title="More" className="sm:hidden">
        <ul className="grid grid-cols-2 gap-2">
          {items.map((item) => (
            <li key={item.href}>
              <Link
                href={item.href}
                onClick={() => onOpenChange(false)}
                aria-current={item.href === current ? "page" : undefined}
                className={cn(
                  "flex h-13 items-center gap-3 rounded-control border border-line px-3.5 font-medium active:bg-sunken",
                  item.href === current && "border-transparent bg-accent-soft text-accent",
                )}
              >
                <NavIcon name={item.icon} className={cn("size-5 shrink-0", item.href !== current && "text-ink-2")} />
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.badge ? <CountBadge>{item.badge}</CountBadge> : null}
              </Link>
            </li>
          ))}
        </ul>
      </SheetContent>
    </Sheet>
  );
}
