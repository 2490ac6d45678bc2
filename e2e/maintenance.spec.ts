import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { addDays, todayIn } from "../server/domain/maintenance/calendar-day";
import { expect, signIn, test } from "./test";

// The tests of a file share one demo and its devices; each works on its own.
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test(
  "work is planned, comes up as due, is finished with a picture, and the next date moves",
  { tag: "@tablet" },
  async ({ page, demo }) => {
    const today = todayIn("Europe/Berlin", new Date());
    await signIn(page, demo, "field@demo.example", SAMPLE_PASSWORD);
    await page.goto(`${demo.url}/devices/WD001?tab=maintenance`);
    await page.getByRole("button", { name: "Plan work" }).click();
    await page.getByRole("combobox", { name: "Kind of work" }).click();
    await page.getByRole("option", { name: "Cleaning" }).click();
    await page.getByRole("textbox", { name: /^What/ }).fill("Clean the float");
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await expect(page.getByText("Clean the float", { exact: true })).toBeVisible();

    await page.goto(`${demo.url}/maintenance`);
    await page.getByRole("link", { name: "WD001 Clean the float" }).click();
    await expect(page).toHaveURL(/\/devices\/WD001/);
    await page.getByRole("button", { name: "Actions for Clean the float" }).click();
    await page.getByRole("menuitem", { name: "Start…" }).click();
    await page.getByRole("button", { name: "Start maintenance" }).click();
    await expect(page.getByText("In maintenance", { exact: true })).toBeVisible();

    await page.getByLabel("Add picture to Clean the float").setInputFiles({ name: "float.png", mimeType: "image/png", buffer: PIXEL });
    await expect(page.getByRole("button", { name: "Show picture float.png" })).toBeVisible();
    await page.getByRole("button", { name: "Finish: Clean the float" }).click();
    await page.getByLabel("Cost").fill("12,345");
    await page.getByRole("button", { name: "Finish", exact: true }).click();
    await expect(page.getByText("At most two decimals")).toBeVisible();
    await page.getByLabel("Cost").fill("12,50");
    await page.getByLabel("Next regular maintenance").fill(addDays(today, 90));
    await page.getByRole("button", { name: "Finish", exact: true }).click();
    await expect(page.getByText("in 90 days")).toBeVisible();
    await expect(page.getByText(/12\.50 EUR/)).toBeVisible();
    await expect(page.getByText("In maintenance", { exact: true })).toHaveCount(0);

    const picture = page.getByRole("button", { name: "Show picture float.png" }).locator("img");
    const source = (await picture.getAttribute("src")) ?? "";
    const answer = await page.request.get(demo.url + source);
    expect(answer.headers()).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
      "content-disposition": expect.stringContaining("float.png"),
    });
    await page.context().clearCookies();
    expect((await page.request.get(demo.url + source)).status()).toBe(401);
  },
);

test("an overdue calibration is done, with its certificate", async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/maintenance`);
  const overdue = page.getByRole("link", { name: /MM012 Calibration/ });
  await expect(overdue).toBeVisible();
  await overdue.click();
  await page.getByRole("button", { name: "Record calibration" }).click();
  await page.getByLabel("Certificate").fill("CAL-2026-E2E");
  await page.getByLabel("Deviation").fill("+0.2 %");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByText("CAL-2026-E2E").first()).toBeVisible();
  await expect(page.getByText(/in 365 days/)).toBeVisible();
  await page.goto(`${demo.url}/maintenance`);
  await expect(page.getByRole("heading", { name: "Overdue" })).toBeVisible();
  await expect(overdue).toHaveCount(0);
});

test("a week's work orders are printed without the console around them", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/maintenance?view=month`);
  await expect(page.getByRole("table", { name: "What is due, by day" })).toBeVisible();
  await page.getByRole("link", { name: "Work orders" }).click();
  await expect(page.getByRole("heading", { name: /FD002 Feed station 2/ })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: /FD002 Feed station 2/ })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).first()).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
});

test("a broken unit is replaced; each keeps its page and they know of each other", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/devices/GT002`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Replace…" }).click();
  await page.getByRole("button", { name: "Replace device" }).click();
  await expect(page.getByText("Say why, for the record")).toBeVisible();
  await page.getByLabel("Reason").fill("Motor burnt out");
  await page.getByLabel("Serial number").fill("SG-1-NEW");
  await page.getByRole("button", { name: "Replace device" }).click();
  await expect(page.getByText("The password will not be shown again")).toBeVisible();
  await expect(page.getByRole("heading", { name: /GT003\s*Pasture gate/ })).toBeVisible();
  await page.getByRole("link", { name: "Open device" }).click();
  await page.getByRole("link", { name: "GT002", exact: true }).click();
  await expect(page.getByText("Motor burnt out")).toBeVisible();
  await expect(page.getByRole("link", { name: "GT003", exact: true })).toBeVisible();
});
