import type { NavIconName } from "./nav-icon";

export interface NavItem {
  href: string;
  label: string;
  icon: NavIconName;
  /** At the rail's bottom, e.g. settings. */
  atFoot?: boolean;
  /** What waits there, e.g. open alerts. Zero is not shown. */
  badge?: number;
  /** On phones: in the bar itself, not behind "More". At most three. */
  inBottomBar?: boolean;
}

/** Of all items that contain the path, the most particular one. */
export function currentHref(items: readonly Pick<NavItem, "href">[], pathname: string): string | undefined {
  return items
    .map((item) => item.href)
    .filter((href) => pathname === href || (href !== "/" && pathname.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0];
}
