import type { NavIconName } from "./nav-icon";

export interface NavItem {
  href: string;
  label: string;
  icon: NavIconName;
  /** Heading it stands under in the rail; without one it comes first. */
  section?: string;
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

/** Items in the order given, gathered under their headings. */
export function sectionsOf(items: readonly NavItem[]): { heading: string | undefined; items: NavItem[] }[] {
  const sections = new Map<string | undefined, NavItem[]>();
  for (const item of items) {
    if (item.atFoot) continue;
    sections.set(item.section, [...(sections.get(item.section) ?? []), item]);
  }
  return [...sections].map(([heading, sectionItems]) => ({ heading, items: sectionItems }));
}
