import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** All faults in the light, and then those of colours, which are all that the dark changes. */
export async function faultsOf(page: Page, name: string, leaveOut: string[] = []): Promise<string[]> {
  const found = await faultsByRules(page, name, leaveOut);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) found.push(`${name}: scrolls sideways by ${overflow} px`);
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await contrastFaultsOf(page, `${name}, in the dark`)));
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

async function faultsByRules(page: Page, name: string, leaveOut: string[]): Promise<string[]> {
  const { violations } = await axe(page)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .disableRules(leaveOut)
    .analyze();
  return violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

async function contrastFaultsOf(page: Page, name: string): Promise<string[]> {
  const { violations } = await axe(page).withRules(["color-contrast"]).analyze();
  return violations.flatMap(({ nodes }) => nodes.map((node) => `${name}: color-contrast: ${node.target.join(" ")}`));
}

/** In the page itself, for it has no frames of others; otherwise each look opens a tab to put the results together. */
const axe = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
