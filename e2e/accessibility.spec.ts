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
      await expectNoViolations(page, "/sign-in");
      await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
      for (const path of PAGES) {
        await page.goto(demo.url + path);
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expectNoViolations(page, path);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, "the page never scrolls sideways").toBeLessThanOrEqual(0);
    });
  }
}

async function expectNoViolations(page: Page, path: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect(found, path).toEqual([]);
}
