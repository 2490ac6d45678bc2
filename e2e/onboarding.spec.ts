import { connect, type MqttClient } from "mqtt";
import { Product } from "./product";
import { expect, test } from "./test";

const ADMIN = { name: "Farm manager", email: "manager@farm.example", password: "three brown cows" };

// The second test goes on where the first ends.
test.describe.configure({ mode: "serial" });

let product: Product;
const clients: MqttClient[] = [];

test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(async () => {
  for (const client of clients) client.end(true);
  await product.remove();
});

function heartbeat(seq: number, batteryLevel: number): string {
  return JSON.stringify({
    online: true,
    bootId: "boot-1",
    seq,
    firmwareVersion: "2.4.0",
    batteryLevel,
    signalStrength: -58,
    uptimeSeconds: seq * 30,
    errorCount: 0,
  });
}

test("from an empty installation to a device that is seen live, and still there after a restart", { tag: "@tablet" }, async ({ page }) => {
  await page.goto(product.url);
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel("Setup code").fill(product.setupCode);
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByLabel("First farm").fill("Nordhof");
  await page.getByLabel("Code", { exact: true }).fill("NORD");
  await page.getByLabel("Time zone of the farm").fill("Europe/Berlin");
  await page.getByRole("button", { name: "Create admin and farm" }).click();
  await expect(page.getByRole("heading", { name: "No devices yet" })).toBeVisible();

  const startedAt = Date.now();
  await page.getByRole("main").getByRole("link", { name: "Add device" }).first().click();
  await page.getByRole("radio", { name: /Milk meter/ }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Device ID")).toHaveValue("MM001");
  await expect(page.getByText("Free", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Name is required")).toBeVisible();
  await page.getByLabel("Name").fill("Stall 1");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("MAC address").fill("024a.1b00.3c7f");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("02:4A:1B:00:3C:7F")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Stall 1")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("MAC address")).toHaveValue("02:4A:1B:00:3C:7F");
  await page.goForward();
  await page.getByRole("button", { name: "Create device" }).dblclick();
  await expect(page.getByText("Waiting for the device…")).toBeVisible();

  const password = await page.getByRole("textbox", { name: "Password", exact: true }).inputValue();
  const username = await page.getByRole("textbox", { name: "Username", exact: true }).inputValue();
  const clientId = await page.getByRole("textbox", { name: "Client ID", exact: true }).inputValue();
  const port = await page.getByRole("textbox", { name: "Port", exact: true }).inputValue();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download credentials" }).click();
  expect((await download).suggestedFilename()).toBe("device_MM001_credentials.txt");

  const device = connect(`mqtt://127.0.0.1:${port}`, { username, password, clientId, reconnectPeriod: 500 });
  clients.push(device);
  device.on("error", () => undefined);
  await device.publishAsync("smartdairy/MM001/status", heartbeat(1, 81), { qos: 1 });
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  expect(Date.now() - startedAt, "registered and connected within a minute").toBeLessThan(60_000);

  await page.getByRole("link", { name: "Open device" }).click();
  await expect(page.getByText("Online", { exact: true })).toBeVisible();
  await device.publishAsync("smartdairy/MM001/status", JSON.stringify({ bootId: "boot-1", seq: 2, signalStrength: -47 }), { qos: 1 });
  await expect(page.getByText("−47")).toBeVisible({ timeout: 2_000 });

  await product.restart();
  await expect.poll(() => device.connected, { timeout: 30_000 }).toBe(true);
  await page.goto(`${product.url}/devices/MM001`);
  await expect(page.getByRole("heading", { name: /MM001\s*Stall 1/ })).toBeVisible();
  await device.publishAsync("smartdairy/MM001/status", JSON.stringify({ bootId: "boot-1", seq: 3, signalStrength: -66 }), { qos: 1 });
  await expect(page.getByText("−66")).toBeVisible();
});

test("create another keeps what is the same and proposes the next ID", { tag: "@tablet" }, async ({ page }) => {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/overview");
  await page.goto(`${product.url}/devices/new`);
  await page.getByRole("radio", { name: /Activity collar/ }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Name").fill("Collar <script>alert(1)</script> 🐄");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await page.getByLabel("Device ID").fill("mm001");
  await expect(page.getByText("MM001 is already registered, choose another ID")).toBeVisible();
  await page.getByLabel("Device ID").fill("AC001");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Manufacturer").fill("Ruminor");
  await page.getByLabel("MAC address").fill("not a mac");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(/Six pairs of hex digits/)).toBeVisible();
  await page.getByLabel("MAC address").fill("02:4a:1b:00:3c:7f");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Create device" }).click();
  await expect(page.getByText("This MAC address belongs to MM001")).toBeVisible();
  await page.getByLabel("MAC address").fill("");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Create device" }).click();
  await expect(page.getByText("Waiting for the device…")).toBeVisible();
  await expect(page.getByRole("heading", { name: /<script>alert\(1\)<\/script> 🐄/ })).toBeVisible();

  await page.getByRole("button", { name: "Create another" }).click();
  await expect(page.getByLabel("Device ID")).toHaveValue("AC002");
  await expect(page.getByRole("combobox", { name: "Farm" })).toContainText("Nordhof");
});
