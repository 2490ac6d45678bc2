import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { decodeZpl } from "../server/testing/labels/decode-zpl";
import { codesIn, pagesOf, pictureOf } from "../server/testing/labels/read-picture";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

const MM = 96 / 25.4;

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

async function stock(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: "Stock" }).click();
  await page.getByRole("option", { name }).click();
}

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFile(await file.path());
}

/** What the codes of a PDF say, by page, read at the resolution of a common printer. */
async function codesOf(pdf: Buffer): Promise<string[][]> {
  const pages = await pagesOf(pdf, 203);
  return Promise.all(pages.map(async (picture) => [...new Set(await codesIn(picture))].sort()));
}

const idsOf = (codes: readonly string[]) => codes.map((code) => code.split(":")[1]);

test("devices chosen in the list become labels that read: PDF, ZPL, and the log knows", { tag: "@tablet" }, async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices?q=MM00`);
  for (const deviceId of ["MM001", "MM002"]) await page.getByRole("checkbox", { name: `Select ${deviceId}`, exact: true }).check();
  await page.getByRole("button", { name: "Actions for the chosen devices" }).click();
  await page.getByRole("menuitem", { name: "Print labels…" }).click();
  await expect(page).toHaveURL(/\/labels\?ids=MM001,MM002/);
  const sheet = page.getByRole("img", { name: "Labels of MM001 to MM002" });
  await expect(sheet).toBeVisible();
  await page.getByRole("button", { name: "True size" }).click();
  const box = await sheet.boundingBox();
  expect(box?.width).toBeCloseTo(210 * MM, 0);
  expect(box?.height).toBeCloseTo(297 * MM, 0);

  const [codes] = await codesOf(await download(page, "Download PDF"));
  expect(idsOf(codes ?? [])).toEqual(["MM001", "MM002"]);
  expect(codes?.[0]).toMatch(/^SMARTDAIRY:MM001:milk_meter:/);

  await stock(page, /^Roll 50 × 30 mm/);
  await expect(page.getByRole("img", { name: "Label of MM001" })).toBeVisible();
  const printed = decodeZpl((await download(page, "Download ZPL")).toString("ascii"));
  expect(printed).toHaveLength(2);
  for (const [index, picture] of printed.entries()) expect(idsOf(await codesIn(pictureOf(picture)))).toContain(`MM00${index + 1}`);

  await page.getByRole("tab", { name: "Log" }).click();
  const log = page.getByRole("list", { name: "Labels that were made" });
  await expect(log.getByRole("listitem").filter({ hasText: "ZPL" }).first()).toContainText("2 labels, again");
  await expect(log.getByRole("listitem").filter({ hasText: "PDF" }).first()).toContainText("MM001 – MM002");
  await log.getByRole("link", { name: "Print MM001 – MM002 again" }).first().click();
  await expect(page.getByText("All of them had a label before.")).toBeVisible();
});

test("the browser prints sheets of exact size whose codes read, and that is noted", async ({ page, demo }) => {
  await page.goto(`${demo.url}/labels?from=filter&type=milk_meter`);
  await expect(page.getByRole("img", { name: /^Labels of MM001 to/ })).toBeVisible();
  await page.getByLabel("Labels for each device").fill("3");
  const heading = page.getByRole("heading", { name: /^Sheet 1 of \d+$/ });
  await expect(heading).toBeVisible();
  const sheets = Number(/of (\d+)/.exec((await heading.textContent()) ?? "")?.[1]);
  const onScreen = await page.getByText(/^\d+ labels,/).textContent();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = await pagesOf(pdf, 203);
  expect(pages).toHaveLength(sheets);
  for (const { widthPt, heightPt } of pages) expect([Math.round(widthPt), Math.round(heightPt)]).toEqual([595, 842]);
  const ids = new Set((await codesOf(pdf)).flat().flatMap((code) => idsOf([code])));
  expect(ids.size * 3).toBe(Number(/^\d+/.exec(onScreen ?? "")?.[0]));
  await page.getByRole("tab", { name: "Log" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Printed in the browser" }).first()).toContainText("labels");
});

test("labels for devices that are still to come: reserve, print, not to be had elsewhere, release", async ({ page, demo }) => {
  await page.goto(`${demo.url}/labels?tab=reserved`);
  await page.getByRole("button", { name: "Reserve IDs" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reserve" }).click();
  await expect(dialog.getByText("Choose a farm").last()).toBeVisible();
  await dialog.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await dialog.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: /Automated gate/ }).click();
  await dialog.getByLabel("How many").fill("5");
  await dialog.getByLabel("Note").fill("Box 7");
  await dialog.getByRole("button", { name: "Reserve" }).click();
  const sheet = page.getByRole("img", { name: /^Labels of GT\d+ to GT\d+$/ });
  await expect(sheet).toBeVisible();
  const [, first = ""] = /Labels of (GT\d+)/.exec((await sheet.getAttribute("aria-label")) ?? "") ?? [];
  const codes = (await codesOf(await download(page, "Download PDF"))).flat();
  expect(codes).toHaveLength(5);
  expect(codes[0]).toBe(`SMARTDAIRY:${first}:gate:`);

  await refusedElsewhere(page, demo, first);
  await page.goto(`${demo.url}/labels?tab=reserved`);
  const block = page.getByRole("listitem").filter({ hasText: first });
  await expect(block).toContainText("0 of 5 in use");
  await expect(block).toContainText("Box 7");
  await block.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Release…" }).click();
  await page.getByRole("button", { name: "Release IDs" }).click();
  await expect(page.getByText("5 IDs are free again")).toBeVisible();
  await expect(block).toHaveCount(0);
});

/** On another farm the wizard says that the ID is not to be had, and proposes one after the block. */
async function refusedElsewhere(page: Page, demo: Product, reserved: string): Promise<void> {
  await page.goto(`${demo.url}/devices/new`);
  await page.getByRole("radio", { name: /Automated gate/ }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  const field = page.getByLabel("Device ID");
  await expect(field).toHaveValue(/^GT\d+$/);
  expect(Number((await field.inputValue()).slice(2))).toBe(Number(reserved.slice(2)) + 5);
  await page.getByRole("combobox", { name: "Farm" }).click();
  const farms = page.getByRole("option").filter({ hasNotText: "Nordhof" });
  await farms.first().click();
  await field.fill(reserved);
  await expect(page.getByText(`${reserved} is reserved for Nordhof, choose another ID`)).toBeVisible();
}

test("stock, start and the printer's error are remembered; the sheet goes on where it ended", async ({ page, demo }) => {
  await page.goto(`${demo.url}/labels`);
  await expect(page.getByText("Which devices?")).toBeVisible();
  const ids = page.getByRole("textbox", { name: "Device IDs" });
  await ids.pressSequentially("mm001, mm002 zz999", { delay: 60 });
  await expect(page.getByText("Left out, since they are not on the farms where you may print: ZZ999.")).toBeVisible();
  await expect(page.getByRole("img", { name: "Labels of MM001 to MM002" })).toBeVisible();
  await expect(ids).toHaveValue("mm001, mm002 zz999");
  await stock(page, /^Avery L7163/);
  await page.getByLabel("Begin at label").fill("14");
  await expect(page.getByText("Row 7, column 2")).toBeVisible();
  await page.getByLabel("Begin at label").fill("15");
  await expect(page.getByText("1 to 14")).toBeVisible();
  await page.getByLabel("Begin at label").fill("13");
  await page.getByLabel("To the right").fill("1,5");
  await page.getByRole("radio", { name: "With farm and logo" }).check();
  await download(page, "Download PDF");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Stock" })).toHaveText(/Avery L7163/);
  await expect(page.getByLabel("Begin at label")).toHaveValue("13");
  await expect(page.getByLabel("To the right")).toHaveValue("1.5");
  await expect(page.getByRole("radio", { name: "With farm and logo" })).toBeChecked();
  await page.getByRole("button", { name: "Begin a new sheet" }).click();
  await expect(page.getByLabel("Begin at label")).toHaveValue("1");
  await stock(page, /^Avery L7160/);
  await expect(page.getByLabel("To the right")).toHaveValue("0");
});

test("hundreds of labels: leafed through sheet by sheet, made as one file", async ({ page, demo }) => {
  await page.goto(`${demo.url}/labels?from=filter`);
  await expect(page.getByRole("img", { name: /^Labels of/ })).toBeVisible();
  await page.getByLabel("Labels for each device").fill("10");
  await expect(page.getByRole("heading", { name: /^Sheet 1 of 2\d$/ })).toBeVisible();
  const first = await page.getByRole("img", { name: /^Labels of/ }).getAttribute("aria-label");
  await page.getByRole("button", { name: "Next sheet" }).click();
  await expect(page.getByRole("img", { name: /^Labels of/ })).not.toHaveAttribute("aria-label", first ?? "");
  const pdf = await download(page, "Download PDF");
  expect((await pagesOf(pdf, 20)).length).toBeGreaterThan(20);
});
