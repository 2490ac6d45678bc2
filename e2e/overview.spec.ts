import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

test("the charts are read by eye, by key and as a table; their span is in the URL", async ({ page, demo }) => {
  await page.goto(`${demo.url}/overview`);
  await expect(page.getByRole("img", { name: /^Alerts from .* raised, .* resolved/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Devices that are not healthy, from/ })).toBeVisible();
  const days = page.getByRole("slider", { name: "Alerts by day" });
  await days.focus();
  const last = await days.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowLeft");
  await expect(days).not.toHaveAttribute("aria-valuetext", last ?? "");

  await page.getByText("Show as table: Alerts by day").click();
  const table = page.getByRole("table", { name: "Alerts by day" });
  await expect(table.getByRole("row")).toHaveCount(31);
  await page.getByRole("button", { name: "7 days" }).click();
  await expect(page).toHaveURL(/span=7d/);
  await expect(table.getByRole("row")).toHaveCount(8);
});

test("a farm's offline devices are one click away, and as many as was said", async ({ page, demo }) => {
  await page.goto(`${demo.url}/overview`);
  await page.getByRole("link", { name: "Tank room Nordhof" }).click();
  await expect(page).toHaveURL(/presence=offline/);
  await expect(page.getByText("TS002").first()).toBeVisible();
  await expect(page.getByText("TS001")).toHaveCount(0);
});

test("who needs a battery is listed, said on the device's page, and downloaded", async ({ page, demo }) => {
  await page.goto(`${demo.url}/overview/batteries`);
  const rows = page.getByRole("table", { name: "Batteries" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^batteries-\d{4}-\d\d-\d\d\.csv$/);
  await rows.nth(1).getByRole("link").click();
  await expect(page.getByText("Battery outlook.")).toBeVisible();
});

test("the wall keeps its farm in the URL, and says when it is signed out instead of leaving", async ({ page, demo }) => {
  await page.goto(`${demo.url}/wall`);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("region", { name: "Critical now" })).toContainText("TS002");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: "Moorland" }).click();
  await expect(page.getByRole("heading", { name: "Moorland" })).toBeVisible();
  await expect(page).toHaveURL(/farm=/);
  await expect(page.getByRole("region", { name: "Critical now" })).toContainText("Nothing critical");
  await page.context().clearCookies();
  await expect(page.getByRole("alert").filter({ hasText: "Signed out" })).toBeVisible({ timeout: 60_000 });
  expect(new URL(page.url()).pathname).toBe("/wall");
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(page).toHaveURL(/sign-in\?next=%2Fwall/);
});
