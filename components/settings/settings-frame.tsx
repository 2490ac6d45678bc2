"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useConsole } from "@/components/console/console-shell";
import { BackLink } from "@/components/patterns/back-link";
import { NavIcon } from "@/components/shell/nav-icon";
import { currentHref } from "@/components/shell/navigation";
import { cn } from "@/components/ui/cn";
import { settingsFor } from "./settings-items";

/** Around every page of settings: all of them beside it where there is room, else the way back to them. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const groups = settingsFor(useConsole().viewer);
  const pathname = usePathname();
  const current = currentHref(
    groups.flatMap(({ items }) => items),
    pathname,
  );
  if (!current) return children;
  return (
    <div className="xl:grid xl:grid-cols-[12rem_minmax(0,1fr)] xl:gap-8 print:block">
      <nav aria-label="Settings" data-print="hide" className="sticky top-6 self-start max-xl:hidden">
        <p className="px-2.5 pb-3 font-semibold">Settings</p>
        <div className="flex flex-col gap-4">
          {groups.map(({ heading, items }) => (
            <div key={heading}>
              <h2 className="px-2.5 pb-1 text-xs font-medium text-ink-3">{heading}</h2>
              <ul className="flex flex-col gap-0.5">
                {items.map(({ href, label, icon }) => (
                  <li key={href}>
                    <Link
                      href={href}
                      aria-current={href === current ? "page" : undefined}
                      className={cn(
                        "flex h-9 items-center gap-3 rounded-control px-2.5 font-medium text-ink-2 pointer-coarse:h-11",
                        href === current ? "bg-sunken text-ink" : "hover:bg-sunken hover:text-ink",
                      )}
                    >
                      <NavIcon name={icon} className="size-4 shrink-0" />
                      {label}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="min-w-0">
        {pathname === current ? (
          <div className="pb-1 xl:hidden" data-print="hide">
            <BackLink href="/settings">Settings</BackLink>
          </div>
        ) : null}
        {children}
      </div>
    </div>
  );
}
