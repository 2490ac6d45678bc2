"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useConsole } from "@/components/console/console-shell";
import { PageHeader } from "@/components/patterns/page-header";
import { NavIcon } from "@/components/shell/nav-icon";
import { IconTile } from "@/components/ui/icon-tile";
import { settingsFor } from "./settings-items";

/** All settings, each with a line on what is there. */
export function SettingsScreen() {
  const groups = settingsFor(useConsole().viewer);
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex flex-col gap-6">
        {groups.map(({ heading, items }) => (
          <section key={heading} aria-label={heading}>
            <h2 className="pb-2 text-sm font-medium text-ink-2">{heading}</h2>
            <ul className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
              {items.map(({ href, label, icon, about }) => (
                <li key={href}>
                  <Link
                    href={href}
                    className="hover:border-line-strong flex h-full items-center gap-3.5 rounded-card border border-line bg-panel px-4 py-3.5 hover:bg-sunken"
                  >
                    <IconTile>
                      <NavIcon name={icon} />
                    </IconTile>
                    <span className="min-w-0 flex-1">
                      <span className="block font-semibold">{label}</span>
                      <span className="block text-sm text-ink-2">{about}</span>
                    </span>
                    <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
