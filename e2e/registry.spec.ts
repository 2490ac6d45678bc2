import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

const idsShown = (page: Page) => page.getByRole("row").getByRole("link").locator("span.font-mono").allTextContents();

async function choose(page: Page, ...deviceIds: string[]): Promise<void> {
  for (const deviceId of deviceIds) await page.getByRole("checkbox", { name: `Select ${deviceId}`, exact: true }).check();
}

async function act(page: Page, action: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Actions for the chosen devices" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("filters, several orders, columns and a saved view are one link", { tag: "@tablet" }, async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices`);
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByRole("menuitem", { name: "Battery below" }).click();
  await page.getByRole("button", { name: "Battery below", exact: true }).click();
  await page.getByRole("checkbox", { name: "50 %" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/battery=50/);
  await page.getByRole("button", { name: "Farm", exact: true }).last().click();
  await page.getByRole("button", { name: "Power", exact: true }).click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/sort=farm,battery/);
  await expect(page.getByRole("columnheader", { name: /Power/ })).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Model" }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("columnheader", { name: /Model/ })).toBeVisible();
  const shown = await idsShown(page);

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  await page.getByLabel("Name").fill("Batteries to change");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.goto(`${demo.url}/devices`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Batteries to change" }).click();
  await expect(page).toHaveURL(/battery=50/);
  await expect.poll(() => idsShown(page)).toEqual(shown);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.split("\r\n")[0]).toBe('\ufeffDevice ID,Name,State,Type,Farm,Health,Firmware,Power,"Signal, dBm",Model,Last seen');
  expect(
    csv
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]),
  ).toEqual(shown);
});

test("many devices get a tag at once; what does not fit is told before and after", { tag: "@tablet" }, async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices?type=waterer`);
  await choose(page, "WD001", "WD002");
  await act(page, /^Set group/);
  await page.getByRole("combobox", { name: "Group" }).click();
  await page.getByRole("option", { name: /Left side/ }).click();
  await expect(page.getByText("0 devices will change")).toBeVisible();
  await expect(page.getByText(/left out: (the group takes another type|is on another farm)/).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await act(page, /^Add tags/);
  await expect(page.getByText("Choose at least one tag.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Under warranty" }).check();
  await page.getByRole("button", { name: /^Add tags: \d device/ }).click();
  await expect(page.getByText(/\d tagged/)).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByRole("region", { name: "Chosen devices" })).toBeHidden();
});

test("everything that matches is restarted, and each answer arrives", async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices?type=environmental`);
  await choose(page, "EN001");
  await page.getByRole("button", { name: /Choose all \d+ that match/ }).click();
  await act(page, /^Restart/);
  await page.getByRole("checkbox", { name: "Force it" }).check();
  await expect(page.getByText("Say why it cannot wait.")).toBeVisible();
  await page.getByLabel("Reason").fill("After the thunderstorm");
  await page.getByRole("button", { name: /^Restart: \d devices/ }).click();
  await expect(page.getByText(/[1-9]\d* restarted/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("dialog").getByRole("listitem").filter({ hasText: "Done" }).first()).toBeVisible();
});

test("on a phone devices are cards that can be chosen, too", async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${demo.url}/devices?type=temperature`);
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("list", { name: "Devices" }).getByRole("checkbox", { name: "Select TS001" }).check();
  await act(page, /^Start maintenance/);
  await page.getByRole("button", { name: "Start maintenance: 1 device" }).click();
  await expect(page.getByText("1 put into maintenance")).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByRole("listitem").filter({ hasText: "TS001" }).getByText("Maintenance")).toBeVisible();
});
