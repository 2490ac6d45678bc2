import type { Locator, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { faultsOf } from "./axe";
import { standingsOf } from "./rollout-standings";
import { expect, signIn, test } from "./test";

const PAGES = [
  "/overview",
  "/overview?span=7d",
  "/overview/batteries",
  "/overview/batteries?view=unknown",
  "/wall?colours=system",
  "/scan",
  "/scan?device=MM001",
  "/devices",
  "/devices?q=nothing-matches-this",
  "/devices/MM001",
  "/devices/MM001?tab=health",
  "/devices/MM001?tab=commands",
  "/devices/MM001?tab=diagnostics",
  "/devices/MM001?tab=maintenance",
  "/devices/TS002",
  "/devices/ZZ999",
  "/devices/new",
  "/devices/import",
  "/devices/import/history",
  "/devices/import/00000000-0000-4000-8000-000000000000",
  "/devices/MM001?tab=updates",
  "/alerts",
  "/alerts?view=resolved&q=nothing-matches-this",
  "/notifications",
  "/firmware",
  "/firmware?q=nothing-matches-this",
  "/firmware/new",
  "/settings",
  "/settings/health",
  "/rollouts",
  "/rollouts?state=failed&q=nothing-matches-this",
  "/rollouts/new",
  "/rollouts/00000000-0000-4000-8000-000000000000",
  "/maintenance",
  "/maintenance?view=month",
  "/maintenance/work-orders",
  "/devices/MM001/replace",
  "/settings/calibration",
  "/settings/signing-keys",
  "/settings/api-keys",
  "/docs/api",
  "/provisioning",
  "/groups?archived=true",
  "/labels",
  "/labels?ids=MM001,MM002,ZZ999",
  "/labels?from=block",
  "/labels?tab=reserved",
  "/labels?tab=log",
  "/settings/tags",
  "/settings/webhooks",
  "/settings/webhooks/00000000-0000-4000-8000-000000000000",
  "/settings/farms",
  "/settings/people",
  "/settings/account",
  "/settings/system",
  "/settings/system/retention",
  "/settings/audit",
  "/settings/audit?q=nothing-matches-this",
];
const SIZES = [
  { name: "desktop", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
];

test("axe finds nothing on any page: desktop and phone, light and dark", async ({ page, demo }) => {
  test.setTimeout(900_000);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`${demo.url}/sign-in`);
  const found = await faultsAtEachSize(page, "/sign-in");
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/groups`);
  const groupPage = await page.getByRole("link", { name: "Milking parlour" }).getAttribute("href");
  await page.goto(`${demo.url}/alerts`);
  const alertPage = await page.getByRole("list", { name: "Alerts" }).getByRole("link").first().getAttribute("href");
  await page.goto(`${demo.url}/firmware`);
  const firmwarePages = await firmwarePagesOf(page);
  const rolloutPages = Object.values(await standingsOf(demo)).map((id) => `/rollouts/${id}`);
  for (const path of [...PAGES, groupPage ?? "/groups", alertPage ?? "/alerts", ...firmwarePages, ...rolloutPages]) {
    await page.goto(demo.url + path);
    await expect(headingOf(page, path)).toBeVisible();
    found.push(...(await faultsAtEachSize(page, path)));
  }
  expect(found).toEqual([]);
});

/** Of a page that has come, at each size; it follows the window as it does a tablet that is turned. */
async function faultsAtEachSize(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, ...size } of SIZES) {
    await page.setViewportSize(size);
    found.push(...(await faultsOf(page, `${path}, ${name}`)));
  }
  return found;
}

/** What says that a page has come: a device that was scanned lies over its page. */
function headingOf(page: Page, path: string): Locator {
  if (path.startsWith("/scan?")) return page.getByRole("dialog").getByRole("heading");
  return page.getByRole("heading", { level: 1 }).first();
}

/** A stable version beside another one, a draft, and the draft's form. */
async function firmwarePagesOf(page: Page): Promise<string[]> {
  const hrefOf = async (name: RegExp) => (await page.getByRole("link", { name }).getAttribute("href")) ?? "/firmware";
  const [stable, older, draft] = [await hrefOf(/^3\.5\.0 /), await hrefOf(/^3\.4\.1 /), await hrefOf(/^3\.7\.0 /)];
  return [`${stable}?with=${older.split("/").at(-1)}`, draft, `${draft}/edit`];
}
