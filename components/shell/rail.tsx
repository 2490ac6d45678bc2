"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { LogoMark } from "./logo";
import { NavLink } from "./nav-link";
import type { NavItem } from "./navigation";

interface RailProps {
  navigation: readonly NavItem[];
  current: string | undefined;
  farmSwitcher: ReactNode;
  userMenu: ReactNode;
}

/** From 640 px up: icons on tablets, words on desktops. */
export function Rail({ navigation, current, farmSwitcher, userMenu }: RailProps) {
  const foot = navigation.filter((item) => item.atFoot);
  return (
    <header
      data-print="hide"
      className="sticky top-0 flex h-dvh w-17 flex-col gap-3 border-r px-2.5 py-4 max-sm:hidden lg:w-57 lg:px-3 pointer-coarse:max-lg:w-23 pointer-coarse:max-lg:px-1.5"
    >
      <Link
        href="/"
        className="flex h-8 items-center gap-2.5 rounded-control text-lg font-semibold max-lg:justify-center lg:px-2 pointer-coarse:-my-1.5 pointer-coarse:h-11"
      >
        <LogoMark />
        <span className="max-lg:sr-only">Smart Dairy</span>
      </Link>
      {farmSwitcher}
      <nav aria-label="Main" className="-mx-1 flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-1 py-0.5">
        <ul className="flex flex-col gap-0.5">
          {navigation
            .filter((item) => !item.atFoot)
            .map((item) => (
              <li key={item.href}>
                <NavLink item={item} current={item.href === current} />
              </li>
            ))}
        </ul>
        {foot.length > 0 ? (
          <ul className="mt-auto flex flex-col gap-0.5">
            {foot.map((item) => (
              <li key={item.href}>
                <NavLink item={item} current={item.href === current} />
              </li>
            ))}
          </ul>
        ) : null}
      </nav>
      {userMenu}
    </header>
  );
}
