"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { BottomBar, type PrimaryAction } from "./bottom-bar";
import { FarmSwitcher, type FarmSwitcherProps } from "./farm-switcher";
import { LogoMark } from "./logo";
import { currentHref, type NavItem } from "./navigation";
import { Rail } from "./rail";
import { SkipLink } from "./skip-link";
import { type ShellUser, UserMenu } from "./user-menu";

export interface AppShellProps extends FarmSwitcherProps {
  navigation: readonly NavItem[];
  user: ShellUser;
  onSignOut: () => void;
  accountHref?: string;
  /** The big button in the middle of the phone's bar. */
  primaryAction?: PrimaryAction;
  /** Above every page: "Embedded database, not for production", "Offline". A `Callout`. */
  banner?: ReactNode;
  children: ReactNode;
}

const SCAN: PrimaryAction = { href: "/scan", label: "Scan", icon: "scan" };

/** The frame of the console: a rail from 640 px, bars at top and bottom on phones. */
export function AppShell({
  navigation,
  farms,
  selectedFarmId,
  onSelectFarm,
  user,
  onSignOut,
  accountHref = "/settings/account",
  primaryAction = SCAN,
  banner,
  children,
}: AppShellProps) {
  const current = currentHref(navigation, usePathname());
  const farm = { farms, selectedFarmId, onSelectFarm };
  const person = { user, onSignOut, accountHref };
  return (
    <>
      <SkipLink />
      <div className="min-h-dvh sm:grid sm:grid-cols-[auto_minmax(0,1fr)] print:block">
        <Rail
          navigation={navigation}
          current={current}
          farmSwitcher={<FarmSwitcher {...farm} place="rail" />}
          userMenu={<UserMenu {...person} place="rail" />}
        />
        <div className="flex min-w-0 flex-col">
          <header data-print="hide" className="flex h-14 items-center gap-1 border-b bg-panel px-3 pt-[env(safe-area-inset-top)] sm:hidden">
            <Link href="/" aria-label="Smart Dairy" className="grid size-11 shrink-0 place-items-center rounded-control">
              <LogoMark />
            </Link>
            <div className="min-w-0 flex-1">
              <FarmSwitcher {...farm} place="bar" />
            </div>
            <UserMenu {...person} place="bar" />
          </header>
          {banner ? (
            <section aria-label="Notice" data-print="hide" className="px-4 pt-4 sm:px-6 lg:px-7">
              {banner}
            </section>
          ) : null}
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[100rem] flex-1 px-4 pt-5 pb-28 sm:px-6 sm:pb-10 lg:px-7 lg:pt-6 print:p-0"
          >
            {children}
          </main>
        </div>
        <BottomBar navigation={navigation} current={current} primaryAction={primaryAction} />
      </div>
    </>
  );
}
