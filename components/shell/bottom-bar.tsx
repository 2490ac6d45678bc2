"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense } from "react";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { useLazyPopup } from "@/components/ui/use-lazy-popup";
import { NavIcon, type NavIconName } from "./nav-icon";
import type { NavItem } from "./navigation";

export interface PrimaryAction {
  href: string;
  label: string;
  icon: NavIconName;
}

interface BottomBarProps {
  navigation: readonly NavItem[];
  current: string | undefined;
  primaryAction: PrimaryAction;
}

const load = () => import("./more-sheet");
const MoreSheet = lazy(async () => ({ default: (await load()).MoreSheet }));

const SLOT = "relative flex h-15 w-full min-w-14 flex-col items-center justify-center gap-1 rounded-control text-xs font-medium";

/** Phones: what is used daily, the main act in the middle, the rest behind "More". */
export function BottomBar({ navigation, current, primaryAction }: BottomBarProps) {
  const inBar = navigation.filter((item) => item.inBottomBar).slice(0, 3);
  const rest = navigation.filter((item) => !inBar.includes(item) && item.href !== primaryAction.href);
  const links = inBar.map((item) => <BarLink key={item.href} item={item} current={item.href === current} />);
  return (
    <nav
      aria-label="Main"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-[1fr_auto_1fr] items-center border-t bg-panel px-1 pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <div className="flex">{links.slice(0, 2)}</div>
      <Link href={primaryAction.href} className="-mt-5 flex flex-col items-center gap-1 px-3 pb-1.5 text-xs font-semibold text-accent">
        <span className="grid size-14 place-items-center rounded-full bg-accent text-on-accent ring-4 ring-background active:bg-accent-strong">
          <NavIcon name={primaryAction.icon} className="size-6" />
        </span>
        {primaryAction.label}
      </Link>
      <div className="flex">
        {links.slice(2)}
        {rest.length > 0 ? <More items={rest} current={current} /> : null}
      </div>
    </nav>
  );
}

function More({ items, current }: { items: readonly NavItem[]; current: string | undefined }) {
  const { mounted, popup, triggerProps } = useLazyPopup(load, "dialog");
  const waiting = items.some((item) => item.badge);
  return (
    <>
      <button
        type="button"
        {...triggerProps}
        className={cn(SLOT, items.some((item) => item.href === current) ? "text-accent" : "text-ink-2")}
      >
        <Ellipsis aria-hidden className="size-5" />
        More
        {waiting ? <span aria-hidden className="absolute top-2.5 left-1/2 ml-2.5 size-2 rounded-full bg-critical" /> : null}
      </button>
      {mounted ? (
        <Suspense>
          <MoreSheet items={items} current={current} open={popup.open} onOpenChange={popup.onOpenChange} />
        </Suspense>
      ) : null}
    </>
  );
}

function BarLink({ item, current }: { item: NavItem; current: boolean }) {
  return (
    <Link href={item.href} aria-current={current ? "page" : undefined} className={cn(SLOT, current ? "text-accent" : "text-ink-2")}>
      <NavIcon name={item.icon} className="size-5" />
      <span className="truncate">{item.label}</span>
      {item.badge ? (
        <CountBadge className="absolute top-1 left-1/2 ml-1.5 h-4 min-w-4 px-1">
          <span className="sr-only">, </span>
          {item.badge > 99 ? "99+" : item.badge}
        </CountBadge>
      ) : null}
    </Link>
  );
}
