import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import type { Product } from "./product";
import { addRolloutStandings } from "./rollout-standings";
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
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1440, height: 900 },
];
const TABLET = { width: 820, height: 1180 };

for (const size of SIZES) {
  test(`axe finds nothing on any page: ${size.name}, light and dark`, async ({ page, demo }) => {
    test.setTimeout(900_000);
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(`${demo.url}/sign-in`);
    const found = [await violationsOf(page, "/sign-in")];
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
      found.push(await violationsOf(page, path));
      await page.emulateMedia({ colorScheme: "dark" });
      found.push(await contrastFaultsOf(page, `${path} in the dark`));
      await page.emulateMedia({ colorScheme: "light" });
    }
    expect(found.flat()).toEqual([]);
  });
}

/** What says that a page has come: a device that was scanned lies over its page. */
function headingOf(page: Page, path: string): Locator {
  if (path.startsWith("/scan?")) return page.getByRole("dialog").getByRole("heading");
  return page.getByRole("heading", { level: 1 }).first();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing before sign-in, in the wizard and in dialogs: ${colorScheme}`, async ({ page, product, demo }) => {
    test.setTimeout(600_000);
    await page.setViewportSize(TABLET);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found: string[] = [];
    const look: Look = async (name, leaveOut) => found.push(...(await violationsOf(page, name, leaveOut)));

    await page.goto(`${product.url}/setup`);
    await page.getByRole("button", { name: "Create admin and farm" }).click();
    await expect(page.getByText("Enter the setup code from the terminal")).toBeVisible();
    await look("setup with errors");
    await page.goto(`${demo.url}/invite/no-such-invitation`);
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await look("old invitation");
    await page.goto(`${demo.url}/reset/no-such-link`);
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await look("old link for a new password");

    await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
    await lookAtWizard(page, demo, look);
    await lookAtDeviceDialogs(page, demo, look);
    await lookAtRollout(page, demo, look);
    const invitation = await lookAtSettingsDialogs(page, demo, look);
    await page.context().clearCookies();
    await page.goto(invitation);
    await expect(page.getByLabel("Choose a password")).toBeFocused();
    await look("invitation");
    expect(found).toEqual([]);
  });
}

type Look = (name: string, leaveOut?: string[]) => Promise<unknown>;

/** What floats above a page for a moment, a menu or the choices of a select, is in no landmark. */
const FLOATING = ["region"];

async function lookAtWizard(page: Page, demo: Product, look: Look): Promise<void> {
  const next = () => page.getByRole("button", { name: "Continue" }).click();
  await page.goto(`${demo.url}/devices/new`);
  await page.getByRole("radio", { name: /Milk meter/ }).click();
  await look("wizard, type");
  await next();
  await expect(page.getByText("Free", { exact: true })).toBeVisible();
  await next();
  await expect(page.getByText("Name is required")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await look("wizard, information with errors");
  await page.getByLabel("Name").fill("Stall 13");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await next();
  await page.getByLabel("MAC address").fill("not a mac");
  await next();
  await expect(page.getByLabel("MAC address")).toBeFocused();
  await look("wizard, hardware with errors");
  await page.getByLabel("MAC address").fill("");
  await next();
  await expect(page.getByRole("group", { name: "Review" })).toBeFocused();
  await look("wizard, review");
  await page.getByRole("button", { name: "Create device" }).click();
  await expect(page.getByText("Waiting for the device…")).toBeVisible();
  await page.getByText("Topics", { exact: true }).click();
  await look("wizard, credentials");
}

async function lookAtDeviceDialogs(page: Page, demo: Product, look: Look): Promise<void> {
  await page.goto(`${demo.url}/devices/MM003`);
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await look("edit device");
  await close(page, "Edit");
  await page.getByRole("button", { name: "More actions" }).click();
  await look("menu of a device", FLOATING);
  await page.getByRole("menuitem", { name: /Decommission/ }).click();
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.getByRole("button", { name: "Decommission" }).click();
  await expect(page.getByText("Say why, for the record")).toBeVisible();
  await look("decommission with an error");
  await close(page, "More actions");
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look("revoke");
  await close(page, "Revoke");
  await page.getByRole("button", { name: "New password" }).click();
  await page.getByRole("combobox").click();
  await expect(page.getByRole("option", { name: /At once/ })).toBeVisible();
  await look("rotate, its choices open", FLOATING);
  await page.getByRole("option", { name: "After 1 hour" }).click();
  await page.getByRole("button", { name: "Issue new password" }).click();
  await expect(page.getByRole("dialog").getByLabel("Password", { exact: true })).toBeVisible();
  await look("rotated");
  await page.mouse.click(5, 5);
  await page.getByRole("button", { name: "I have saved it" }).click();
}

/** Once for each demo: they stay. */
const standings = new Map<Product, ReturnType<typeof addRolloutStandings>>();
function standingsOf(demo: Product): ReturnType<typeof addRolloutStandings> {
  const ids = standings.get(demo) ?? addRolloutStandings(demo);
  standings.set(demo, ids);
  return ids;
}

async function lookAtRollout(page: Page, demo: Product, look: Look): Promise<void> {
  const { paused } = await standingsOf(demo);
  await page.goto(`${demo.url}/rollouts/${paused}?show=failed`);
  await page
    .getByRole("button", { name: /^Timeline of/ })
    .first()
    .click();
  await expect(page.getByText("30 min in all")).toBeVisible();
  await page.getByRole("button", { name: "As a table" }).click();
  await look("rollout, its stages as a table, a device's timeline open");
  await page.getByRole("button", { name: "Resume…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look("resume a rollout");
  await close(page, "Resume…");
  await page.goto(`${demo.url}/settings/signing-keys`);
  await page.getByRole("button", { name: "Rotate key…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("vouches for it");
  await look("rotate the signing key");
  await close(page, "Rotate key…");
}

async function lookAtSettingsDialogs(page: Page, demo: Product, look: Look): Promise<string> {
  await page.goto(`${demo.url}/settings/farms`);
  await page.getByRole("button", { name: "Edit Nordhof" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await look("farm");
  await close(page, "Edit Nordhof");
  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: "Change Farm manager" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("person");
  await page.getByRole("tab", { name: "Signing in" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByRole("textbox", { name: "Link for a new password" })).toBeVisible();
  await look("how a person signs in");
  await close(page, "Change Farm manager");
  await page.getByRole("button", { name: "Invite person" }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  await expect(page.getByText("Choose at least one farm")).toBeVisible();
  await look("invite with errors");
  await page.getByLabel("Name").fill("Herd visitor");
  await page.getByLabel("E-mail").fill(`visitor-${Date.now()}@farm.example`);
  await page.getByRole("checkbox", { name: "Nordhof" }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  const link = page.getByRole("textbox", { name: "Invitation link", exact: true });
  await expect(link).toBeVisible();
  await look("invited");
  const invitation = await link.inputValue();
  await page.goto(`${demo.url}/notifications`);
  await page.getByRole("button", { name: "Change Urgent" }).click();
  const rule = page.getByRole("dialog");
  await rule.getByLabel("Name").fill("");
  await rule.getByRole("checkbox", { name: "Quiet hours" }).click();
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByText("Give the rule a name")).toBeVisible();
  await look("notification rule with errors");
  await close(page, "Change Urgent");
  return invitation;
}

/** Escape closes, and the focus is where it came from. */
async function close(page: Page, opener: string): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: opener, exact: true })).toBeFocused();
}

/** A stable version beside another one, a draft, and the draft's form. */
async function firmwarePagesOf(page: Page): Promise<string[]> {
  const hrefOf = async (name: RegExp) => (await page.getByRole("link", { name }).getAttribute("href")) ?? "/firmware";
  const [stable, older, draft] = [await hrefOf(/^3\.5\.0 /), await hrefOf(/^3\.4\.1 /), await hrefOf(/^3\.7\.0 /)];
  return [`${stable}?with=${older.split("/").at(-1)}`, draft, `${draft}/edit`];
}

async function violationsOf(page: Page, path: string, leaveOut: string[] = []): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .disableRules(leaveOut)
    .analyze();
  const found = violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return overflow > 0 ? [...found, `${path}: scrolls sideways by ${overflow} px`] : found;
}

/** Colours are all that the dark changes. */
async function contrastFaultsOf(page: Page, path: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
  return violations.flatMap(({ nodes }) => nodes.map((node) => `${path}: color-contrast: ${node.target.join(" ")}`));
}
