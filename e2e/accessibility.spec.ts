import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

const PAGES = [
  "/overview",
  "/devices",
  "/devices?q=nothing-matches-this",
  "/devices/MM001",
  "/devices/TS002",
  "/devices/ZZ999",
  "/devices/new",
  "/groups?archived=true",
  "/settings/tags",
  "/settings/farms",
  "/settings/people",
  "/settings/account",
];
const SIZES = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1440, height: 900 },
];

for (const size of SIZES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing on any page: ${size.name}, ${colorScheme}`, async ({ page, demo }) => {
      test.setTimeout(240_000);
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`${demo.url}/sign-in`);
      const found = [await violationsOf(page, "/sign-in")];
      await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
      await page.goto(`${demo.url}/groups`);
      const groupPage = await page.getByRole("link", { name: "Milking parlour" }).getAttribute("href");
      for (const path of [...PAGES, groupPage ?? "/groups"]) {
        await page.goto(demo.url + path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        found.push(await violationsOf(page, path));
      }
      expect(found.flat()).toEqual([]);
    });
  }
}

async function violationsOf(page: Page, path: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return overflow > 0 ? [...found, `${path}: scrolls sideways by ${overflow} px`] : found;
}
