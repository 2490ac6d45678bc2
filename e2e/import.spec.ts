import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { Product } from "./product";
import { expect, signIn, test } from "./test";

const MANAGER = "manager@demo.example";

/** A file as somebody's spreadsheet writes it. */
function sheet(
  rows: readonly string[],
  header = "Device ID;Name;Type;Farm;Stallplatz;MAC",
): { name: string; mimeType: string; buffer: Buffer } {
  return { name: "barn four.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${[header, ...rows].join("\r\n")}\r\n`) };
}

async function openImport(page: Page, demo: Product): Promise<void> {
  await signIn(page, demo, MANAGER, SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/devices`);
  await page.getByRole("link", { name: "Import CSV" }).click();
  await expect(page.getByRole("heading", { name: "Import devices" })).toBeVisible();
}

async function check(page: Page, rows: string): Promise<void> {
  await page.getByRole("button", { name: `Check ${rows}` }).click();
  await page.waitForURL(/\/devices\/import\/[0-9a-f-]{36}$/);
}

test(
  "a file from a spreadsheet: mapped, checked, mended, imported, its passwords taken once, undone",
  { tag: "@tablet" },
  async ({ page, demo }) => {
    await openImport(page, demo);
    await page
      .locator('input[type="file"]')
      .setInputFiles(
        sheet([
          "QW101;Stall 1;Milk meter;NORD;Place 1;02:4A:1B:0A:00:01",
          "QW102;Stall 2;Milk meter;NORD;Place 2;02:4A:1B:0A:00:02",
          "QW103;Stall 3;Milkmeter;NORD;Place 3;02:4A:1B:0A:00:02",
          "MM001;Known;;;;",
        ]),
      );
    await expect(page.getByText("4 rows · 6 columns · semicolon · UTF-8")).toBeVisible();
    await expect(page.getByText("5 of 6 imported")).toBeVisible();
    await page.getByRole("combobox", { name: "Stallplatz holds" }).click();
    await page.getByRole("option", { name: "Location" }).click();
    await expect(page.getByText("6 of 6 imported")).toBeVisible();
    await page.getByRole("checkbox", { name: "Issue passwords now" }).click();
    await check(page, "4 rows");

    // All or nothing: the wrong row is in the way until it is mended.
    await expect(page.getByText("1 row is wrong, and you chose all or nothing")).toBeVisible();
    await expect(page.getByText("Row 2 has the same MAC address")).toBeVisible();
    await expect(page.getByRole("button", { name: "Import 2 devices" })).toBeDisabled();
    await page.getByRole("button", { name: "Mend row 3" }).click();
    await page.getByLabel("MAC address").fill("02:4A:1B:0A:00:03");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "Import 3 devices" })).toBeEnabled();
    await page.getByRole("button", { name: "Import 3 devices" }).click();

    const rows = page.getByRole("list", { name: "Rows of the file" });
    await expect(page.getByText("The passwords of 3 new devices can be downloaded once")).toBeVisible();
    await expect(rows.getByRole("listitem").filter({ hasText: "MM001" })).toContainText("Is registered already");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download passwords" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.match(/^QW10\d,.*,QW10\d,QW10\d,[A-Za-z0-9_-]{43}\r?$/gm)).toHaveLength(3);
    await page.reload();
    await expect(page.getByText("The passwords were downloaded")).toBeVisible();

    const result = page.waitForEvent("download");
    await page.getByRole("link", { name: "Result" }).click();
    expect(await readFile(await (await result).path(), "utf8")).toContain(
      "QW103,Stall 3,Milkmeter,NORD,02:4A:1B:0A:00:03,Place 3,3,Created",
    );
    await rows.getByRole("link", { name: "QW101" }).click();
    await expect(page.getByRole("heading", { name: "Stall 1" })).toBeVisible();

    // What was chosen for the odd column is remembered.
    await page.goto(`${demo.url}/devices/import`);
    await page.locator('input[type="file"]').setInputFiles(sheet(["QW104;Stall 4;Gate;NORD;Place 4;"]));
    await expect(page.getByText("6 of 6 imported")).toBeVisible();

    await page.getByRole("link", { name: "Earlier imports" }).click();
    await page.getByRole("list", { name: "Imports" }).getByRole("link", { name: "barn four.csv" }).first().click();
    await page.getByRole("button", { name: "Undo this import…" }).click();
    await expect(page.getByRole("alertdialog")).toContainText("3 devices that it registered and that never connected are removed");
    await page.getByRole("button", { name: "Undo import" }).click();
    await expect(page.getByText("This import was undone")).toBeVisible();
    await page.goto(`${demo.url}/devices?q=QW10`);
    await expect(page.getByText("No devices match")).toBeVisible();
  },
);

test("changes to known devices are shown before and after, and go back", async ({ page, demo }) => {
  await openImport(page, demo);
  await page.locator('input[type="file"]').setInputFiles(sheet(["MM002;Renamed by file"], "device_id;name"));
  await page.getByRole("radio", { name: /Only existing devices/ }).click();
  await check(page, "1 row");
  const row = page.getByRole("list", { name: "Rows of the file" }).getByRole("listitem");
  await expect(row.locator("ins")).toHaveText("Renamed by file");
  const before = (await row.locator("del").textContent()) ?? "";
  await page.getByRole("button", { name: "Import 1 device" }).click();
  await expect(page.getByRole("button", { name: "Undo this import…" })).toBeVisible();
  await page.goto(`${demo.url}/devices/MM002`);
  await expect(page.getByRole("heading", { name: "Renamed by file" })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Undo this import…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("In 1 changed device the former values come back");
  await page.getByRole("button", { name: "Undo import" }).click();
  await expect(page.getByText("This import was undone")).toBeVisible();
  await page.goto(`${demo.url}/devices/MM002`);
  await expect(page.getByRole("heading", { name: before })).toBeVisible();
});

test("files that are none say why, before anything is sent", async ({ page, demo }) => {
  await openImport(page, demo);
  const choose = (buffer: Buffer) => page.locator('input[type="file"]').setInputFiles({ name: "odd.csv", mimeType: "text/csv", buffer });
  await choose(Buffer.from("device_id,name\nMM1,K\xe4lber\n", "latin1"));
  await expect(page.getByText(/Line 2: the file is not UTF-8/)).toBeVisible();
  await choose(Buffer.from('device_id,name\nMM001,"open\n'));
  await expect(page.getByText(/Line 2: a quote is opened and never closed/)).toBeVisible();
  await choose(Buffer.from(""));
  await expect(page.getByText("The file is empty.")).toBeVisible();
  await choose(Buffer.from("name,type\nStall,gate\n"));
  await expect(page.getByText("No column holds the device ID.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check 1 row" })).toBeDisabled();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Choose another file" }).click();
  await page.getByRole("checkbox", { name: "Tags" }).click();
  await page.getByRole("button", { name: "Download template" }).click();
  const template = await readFile(await (await download).path(), "utf8");
  expect(template).toContain("device_id,name,device_type,farm_code,manufacturer,model,serial_number,mac_address,location,tags");
});

test("a hundred thousand rows are read beside the page, which shows the first", async ({ page, demo }) => {
  await openImport(page, demo);
  const lines = Array.from({ length: 100_000 }, (_, index) => `QW${String(index).padStart(6, "0")},Stall ${index},milk_meter,NORD`);
  const reader = page.waitForEvent("worker");
  await page.locator('input[type="file"]').setInputFiles({
    name: "fleet.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["device_id,name,device_type,farm_code", ...lines].join("\n")),
  });
  expect((await reader).url()).toContain(demo.url);
  await expect(page.getByText("50 of 100,000 rows")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check 100,000 rows" })).toBeEnabled();
});

test("ten thousand rows: the page stays alive, the work is left, the product stopped, and found finished", async ({ page }) => {
  test.setTimeout(300_000);
  // Its own: other tests do not expect so many devices.
  const demo = await Product.start({ demo: true });
  await openImport(page, demo);
  const lines = Array.from({ length: 10_000 }, (_, index) => `QX${String(index).padStart(6, "0")},Stall ${index},milk_meter,NORD`);
  await page.locator('input[type="file"]').setInputFiles({
    name: "many.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["device_id,name,device_type,farm_code", ...lines].join("\n")),
  });
  await check(page, "10,000 rows");
  await page.getByRole("button", { name: "Import 10,000 devices" }).click({ timeout: 120_000 });
  await expect(page.getByRole("progressbar")).toBeVisible();
  const address = page.url();
  await demo.restart();
  await page.goto(address);
  await expect(page.getByText("Undo this import…")).toBeVisible({ timeout: 180_000 });
  await expect(page.getByRole("group", { name: "Which rows" }).getByRole("button", { name: "Created 10,000" })).toBeVisible();
  // Of the many rows a few dozen are in the page at a time.
  await page.getByRole("button", { name: "Created 10,000" }).click();
  expect(await page.getByRole("list", { name: "Rows of the file" }).getByRole("listitem").count()).toBeLessThan(80);
  await demo.remove();
});

test("the REST interface imports by the same rules", async ({ page, demo }) => {
  await signIn(page, demo, MANAGER, SAMPLE_PASSWORD);
  const send = (query: string, data: string) =>
    page.request.post(`${demo.url}/api/v1/iot/devices/import?${query}`, {
      data,
      headers: { "content-type": "text/csv", "idempotency-key": `key-${query}` },
    });
  const refused = await send("mode=create", "device_id,name\nQY001,a\n");
  expect(refused.status()).toBe(400);
  expect(await refused.json()).toMatchObject({
    code: "invalid_input",
    fields: { mapping: expect.stringContaining("device type") as unknown as string },
  });

  const accepted = await send(
    "mode=create&onError=skip&defaultFarm=nord",
    "device_id,name,device_type,colour\nQY001,a,gate,red\nQY002,b,tractor,blue\n",
  );
  expect(accepted.status()).toBe(202);
  const { id } = (await accepted.json()) as { id: string };
  expect(accepted.headers().location).toBe(`/api/v1/iot/devices/import/${id}`);
  const report = async () =>
    (await page.request.get(`${demo.url}/api/v1/iot/devices/import/${id}`)).json() as Promise<Record<string, unknown>>;
  await expect.poll(async () => (await report()).state, { timeout: 30_000 }).toBe("done");
  expect(await report()).toMatchObject({
    created: 1,
    errors: 1,
    ignoredColumns: ["colour"],
    wrongRows: [{ row: 2, line: 3, deviceId: "QY002", issues: [{ field: "device_type" }] }],
  });
  const again = await send("mode=create&onError=skip&defaultFarm=nord", "device_id,name,device_type,colour\nQY001,a,gate,red\n");
  expect(await again.json()).toMatchObject({ id, created: 1 });
});
