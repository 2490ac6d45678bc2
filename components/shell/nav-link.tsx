"use client";

import Link from "next/link";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { NavIcon } from "./nav-icon";
import type { NavItem } from "./navigation";

/** Words on desktops; an icon with a tooltip on tablets, or with a small word below it where fingers cannot hover. */
export function NavLink({ item, current }: { item: NavItem; current: boolean }) {
  return (
    <Tooltip content={item.label} side="right" className="lg:hidden pointer-coarse:hidden">
      <Link
        href={item.href}
        aria-current={current ? "page" : undefined}
        className={cn(RAIL_ROW, current ? RAIL_ROW_CURRENT : "hover:bg-sunken hover:text-ink")}
      >
        <NavIcon name={item.icon} className="size-4.5 shrink-0 lg:size-4" />
        <span className={RAIL_WORD}>{item.label}</span>
        {item.badge ? (
          <CountBadge className="max-lg:absolute max-lg:top-1 max-lg:left-1/2 max-lg:ml-1.5 max-lg:h-4 max-lg:min-w-4 max-lg:px-1">
            <span className="sr-only">, </span>
            {item.badge > 99 ? "99+" : item.badge}
          </CountBadge>
        ) : null}
      </Link>
    </Tooltip>
  );
}

export const RAIL_ROW = [
  "relative flex w-full items-center rounded-control font-medium text-ink-2 transition-colors",
  "max-lg:h-11 max-lg:flex-col max-lg:justify-center max-lg:gap-1 pointer-coarse:max-lg:h-14",
  "lg:h-9 lg:gap-3 lg:px-2.5 pointer-coarse:lg:h-11",
].join(" ");

const RAIL_ROW_CURRENT = "bg-accent-soft text-accent";

/** The word in a rail row: beside, below, or only spoken. */
export const RAIL_WORD = [
  "max-w-full truncate lg:flex-1 lg:text-left",
  "max-lg:text-[0.6875rem] max-lg:leading-tight pointer-fine:max-lg:sr-only",
].join(" ");
