"use client";

import Link from "next/link";
import { type ReactElement, useState } from "react";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { NavIcon } from "./nav-icon";
import type { NavItem } from "./navigation";

interface MoreSheetProps {
  items: readonly NavItem[];
  current: string | undefined;
  /** The button that opens it. */
  children: ReactElement;
}

/** The pages that have no place in the bottom bar. */
export function MoreSheet({ items, current, children }: MoreSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger render={children} />
      <SheetContent title="More" className="sm:hidden">
        <ul className="grid grid-cols-2 gap-2">
          {items.map((item) => (
            <li key={item.href}>
              <Link
                href={item.href}
                onClick={() => setOpen(false)}
                aria-current={item.href === current ? "page" : undefined}
                className={cn(
                  "flex h-13 items-center gap-3 rounded-control border border-line px-3.5 font-medium active:bg-sunken",
                  item.href === current && "border-transparent bg-accent-soft text-accent",
                )}
              >
                <NavIcon name={item.icon} className="size-5 shrink-0 text-ink-2" />
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
