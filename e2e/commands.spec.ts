import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

// Devices no other spec counts on; the unit WD003 left the works with a full storage (simulator/behaviour/defects.ts).
const METER = "MM009";
const DEFECTIVE = "WD003";

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

const commands = (page: Page) => page.locator("section").filter({ has: page.getByRole("heading", { name: "Commands" }) });

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const ALL_DAY = [
  { name: "Day milking", weekdays: WEEK, startMinute: 0, endMinute: 720 },
  { name: "Night milking", weekdays: WEEK, startMinute: 720, endMinute: 0 },
];

/** Changes a farm's milking sessions. @returns what they were */
async function setMilking(page: Page, url: string, farmCode: string, milkingSessions: unknown): Promise<unknown> {
  const farms = await page.request.get(`${url}/api/trpc/farms.list`);
  const { result } = (await farms.json()) as { result: { data: { json: Record<string, unknown>[] } } };
  const farm = result.data.json.find(({ code }) => code === farmCode);
  const response = await page.request.post(`${url}/api/trpc/farms.update`, {
    data: { json: { ...farm, milkingSessions } },
    headers: { origin: url },
  });
  expect(response.status(), await response.text()).toBe(200);
  return farm?.milkingSessions;
}

test("a restart is refused while the farm milks, forced with a reason, and seen to succeed", { tag: "@tablet" }, async ({ page, demo }) => {
  const usual = await setMilking(page, demo.url, "NORD", ALL_DAY);
  await page.goto(`${demo.url}/devices/${METER}`);
  await choose(page, "Restart…");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText(/is milking until (12|00):00 farm time/)).toBeVisible();
  await dialog.getByRole("button", { name: "Restart anyway" }).click();
  await expect(dialog.getByText("Say why, for the record")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Display frozen");
  await dialog.getByRole("button", { name: "Restart anyway" }).click();
  await expect(commands(page).getByText(/Demo admin · Display frozen/)).toBeVisible();
  await expect(commands(page).getByText("Forced")).toBeVisible();
  await expect(commands(page).getByText("Done", { exact: true })).toBeVisible({ timeout: 60_000 });
  await setMilking(page, demo.url, "NORD", usual);
});

test("a diagnostic is answered, read and compared with the one before", { tag: "@tablet" }, async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices/${DEFECTIVE}`);
  await choose(page, "Run diagnostic");
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "Diagnostics" }) });
  await expect(panel.getByText("What the device reports")).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByText("12.3 kB free of 4.2 MB")).toBeVisible();
  await expect(panel.getByText(/If the storage stays full, replace the unit/)).toBeVisible();
  await expect(panel.getByText("What the server knows")).toBeVisible();
  await panel.getByRole("button", { name: "Run diagnostic" }).click();
  await expect(panel.getByText(/since the one before/)).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole("heading", { name: "History" })).toBeVisible();
});

test("a device that is away keeps its configuration waiting, until it is cancelled", async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices/EN004`);
  await choose(page, "Configure…");
  await expect(page.getByText("EN004 is offline")).toBeVisible();
  await page.getByLabel("Battery is low below").fill("0");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("At least 1 %")).toBeVisible();
  await page.getByLabel("Battery is low below").fill("25");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(commands(page).getByText("Waits until the device is back.")).toBeVisible();
  await commands(page).getByRole("button", { name: "Cancel Configure" }).click();
  await expect(commands(page).getByText("Cancelled", { exact: true })).toBeVisible();
});
