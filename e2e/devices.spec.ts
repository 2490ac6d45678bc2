import { readFile } from "node:fs/promises";
import path from "node:path";
import { connect } from "mqtt";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

async function credentialOf(demo: Product, deviceId: string): Promise<string> {
  const herd = JSON.parse(await readFile(path.join(demo.dataFolder, "herd.json"), "utf8")) as { deviceId: string; password: string }[];
  return herd.find((device) => device.deviceId === deviceId)?.password ?? "";
}

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
});

test("search, filters, order and page live in the URL", async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices`);
  await page.keyboard.press("/");
  await page.keyboard.type("stall 1");
  await expect(page).toHaveURL(/q=stall/);
  await expect(page.getByRole("link", { name: /MM012/ }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /AC001/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("stall 1");
  await page.goto(`${demo.url}/devices?type=collar,gate`);
  await expect(page.getByRole("row")).toHaveCount(1 + 8 + 2);
  await page.getByRole("button", { name: "Device", exact: true }).click();
  await expect(page).toHaveURL(/sort=-deviceId/);
  await expect(page.getByRole("row").nth(1)).toContainText("GT002");
  await page.goto(`${demo.url}/devices?type=nonsense&sort=nonsense&battery=x&health=broken`);
  await expect(page.getByRole("link", { name: /AC001/ }).first()).toBeVisible();
  // The manager has no role on the third farm.
  await expect(page.getByRole("link", { name: /EN001/ })).toHaveCount(0);
});

test("a command reaches the device and its answer reaches the page", async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices/MM003`);
  await page.getByRole("button", { name: "Identify" }).click();
  await expect(page.getByText("Done", { exact: true })).toBeVisible({ timeout: 60_000 });
});

test("a rotated password is refused and its live connection is closed", async ({ page, demo }) => {
  const password = await credentialOf(demo, "GT001");
  // The simulated GT001 takes its place back now and then, as a broker allows; both try again until they are refused.
  const client = connect(demo.mqttUrl, { username: "GT001", clientId: "GT001", password, reconnectPeriod: 200 });
  let refusals = 0;
  client.on("error", () => refusals++);
  await expect.poll(() => client.connected).toBe(true);
  await page.goto(`${demo.url}/devices/GT001`);
  await page.getByRole("button", { name: "New password" }).click();
  await page.getByRole("combobox", { name: /old password/ }).click();
  await page.getByRole("option", { name: /At once/ }).click();
  await page.getByRole("button", { name: "Issue new password" }).click();
  await expect(page.getByText("The password will not be shown again")).toBeVisible();
  await expect.poll(() => refusals, { timeout: 3_000 }).toBeGreaterThan(0);
  expect(client.connected).toBe(false);
  const fresh = await page.getByRole("textbox", { name: "Password", exact: true }).inputValue();
  const renewed = connect(demo.mqttUrl, { username: "GT001", clientId: "GT001", password: fresh, reconnectPeriod: 200 });
  await expect.poll(() => renewed.connected).toBe(true);
  await renewed.endAsync();
  client.end(true);
});

test("edit, maintenance and decommissioning leave their mark", { tag: "@tablet" }, async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices/FD001`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Location").fill("Loose barn, north");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Loose barn, north").first()).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Start maintenance" }).click();
  await expect(page.getByText("In maintenance")).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Decommission…" }).click();
  await page.getByRole("button", { name: "Decommission", exact: true }).click();
  await expect(page.getByText("Say why, for the record")).toBeVisible();
  await page.getByLabel("Reason").fill("Auger broken");
  await page.getByRole("button", { name: "Decommission", exact: true }).click();
  await expect(page.getByText("No valid password: the device cannot connect.")).toBeVisible();
  await expect(page.getByText("decommissioned the device")).toBeVisible();
});
