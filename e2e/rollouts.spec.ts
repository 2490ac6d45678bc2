import type { Page } from "@playwright/test";
import { sampleImage } from "../server/domain/firmware/sample-image";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { drawBuildFault } from "../simulator/firmware/update-faults";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

// The milk meters of Moorland, which no other spec counts on.
const METERS = ["MM013", "MM014", "MM015", "MM016", "MM017", "MM018"];
const HERD_SEED = 1;
/** Devices report, download, install and restart in their own time. */
const PATIENCE = { timeout: 120_000 };

interface Build {
  type: "milk_meter";
  version: string;
  faults?: Record<string, number>;
}

/** Uploads a build and puts it into testing. */
async function publish(page: Page, demo: Product, build: Build, name: string): Promise<void> {
  await page.goto(`${demo.url}/firmware/new`);
  const buffer = Buffer.from(sampleImage(build));
  await page
    .getByLabel(/Drop the firmware file here/)
    .setInputFiles({ name: `lf-200-${build.version}.bin`, mimeType: "application/octet-stream", buffer });
  await expect(page.getByText("MCUboot", { exact: false }).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: "Milk meter" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await expect(page.getByRole("textbox", { name: "Version", exact: true })).toHaveValue(build.version);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByRole("button", { name: "Put into testing" }).click();
  await page.getByRole("dialog").getByLabel("What is to be tried").fill("Moorland");
  await page.getByRole("dialog").getByRole("button", { name: "Put into testing" }).click();
  await expect(page.getByRole("link", { name: "Edit" })).toBeHidden();
}

const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();

/** From the firmware's page to the stages of a rollout to all the meters. */
async function aim(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Roll out" }).click();
  await page.getByRole("radio", { name: /One by one/ }).check();
  await page.getByLabel("Device IDs").fill(METERS.join("\n"));
  await expect(page.getByText(`${METERS.length} of ${METERS.length} found`)).toBeVisible();
  await next(page);
  await page.getByRole("radio", { name: /All at once/ }).check();
}

/** From the stages to the rollout's page. @param count how many stages */
async function begin(page: Page, name: string, count: number): Promise<void> {
  await next(page);
  // A test runs at any hour.
  await page.getByLabel("Not while the farm milks").uncheck();
  await page.getByLabel("Of one group").fill("");
  await next(page);
  await expect(page.getByText(`${METERS.length} of ${METERS.length}`)).toHaveCount(2);
  await expect(page.getByText("they go on by themselves")).toBeVisible();
  await next(page);
  await expect(page.getByText(`in ${count} stage`, { exact: false })).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Create rollout" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
}

const stage = (page: Page, name: string) => page.getByRole("list", { name: "Stages" }).getByRole("listitem").filter({ hasText: name });

test("firmware goes out in two stages, a bad build stops itself and is sent back", { tag: "@tablet" }, async ({ page, demo }) => {
  test.setTimeout(400_000);
  const bad: Build = { type: "milk_meter", version: "4.1.2", faults: { self_test: 0.5 } };
  const spoilt = METERS.filter((deviceId) => drawBuildFault(bad, { seed: HERD_SEED, deviceId }));
  const sound = METERS.find((deviceId) => !spoilt.includes(deviceId))!;
  expect(spoilt.length).toBe(3);

  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await publish(page, demo, { type: "milk_meter", version: "4.0.0" }, "Winter release");
  await aim(page);
  const [first] = await page.getByRole("list", { name: "Stages" }).getByRole("listitem").all();
  await first!.getByLabel("Name").fill("Two meters");
  await first!.getByRole("combobox", { name: "Who" }).click();
  await page.getByRole("option", { name: /A number of devices/ }).click();
  await first!.getByLabel("Devices", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Add a stage" }).click();
  await begin(page, "Winter to Moorland", 2);
  await expect(stage(page, "Two meters").getByText("2 of 2 done", { exact: false })).toBeVisible(PATIENCE);
  await expect(page.getByText("Completed", { exact: true }).first()).toBeVisible(PATIENCE);
  await page.getByRole("button", { name: `Timeline of ${sound}` }).click();
  await expect(page.getByText("Downloading").first()).toBeVisible();
  await page.goto(`${demo.url}/devices/${sound}`);
  await expect(page.getByText("4.0.0").first()).toBeVisible();

  await publish(page, demo, bad, "Spoilt release");
  await aim(page);
  const [all] = await page.getByRole("list", { name: "Stages" }).getByRole("listitem").all();
  await all!.getByLabel("Judge from").fill("2");
  await begin(page, "Spoilt to Moorland", 1);
  const decision = page.getByText(/^Paused: \d of \d finished devices failed: \d+ %, more than the 10 % allowed/);
  await expect(decision).toBeVisible(PATIENCE);
  const failed = page.getByRole("heading", { name: "Failed" }).locator("xpath=ancestor::section");
  await expect(failed.getByText("Self-test failed after the update").first()).toBeVisible();
  // Those at work when it stopped have ended as well.
  await expect(stage(page, "All").getByText("3 of 6 done · 3 failed")).toBeVisible(PATIENCE);
  for (const deviceId of spoilt) await expect(failed.getByRole("link", { name: deviceId })).toBeVisible();

  await page.getByRole("button", { name: "Send back…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("go back to the version each ran before", { exact: false })).toBeVisible();
  await dialog.getByLabel("Why").fill("The sensors do not answer");
  await dialog.getByRole("button", { name: "Send back" }).click();
  await expect(page.getByText("Sends back", { exact: true })).toBeVisible();
  await expect(page.getByText("Completed", { exact: true }).first()).toBeVisible(PATIENCE);
  await page.getByRole("link", { name: "Spoilt to Moorland" }).click();
  await expect(page.getByText("Its devices were sent back by")).toBeVisible();

  await page.goto(`${demo.url}/devices/${sound}?tab=updates`);
  const updates = page.getByRole("list", { name: "Updates" }).locator("> li");
  await expect(updates).toHaveText([/4\.1\.2 to 4\.0\.0/, /4\.0\.0 to 4\.1\.2/, /3\.4\.1 to 4\.0\.0/]);
  await page.goto(`${demo.url}/rollouts`);
  for (const name of ["Winter to Moorland", "Spoilt to Moorland"])
    await expect(page.getByRole("link", { name: new RegExp(name) }).first()).toBeVisible();
});
