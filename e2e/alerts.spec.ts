import { connect, type MqttClient } from "mqtt";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

// A device no other spec counts on; with a new password its simulated counterpart is locked out.
const DEVICE = "EN003";
// The shortest window is a minute, and the check comes once a minute.
const SILENCE_TIMEOUT_MS = 180_000;

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

async function report(demo: Product, password: string, seq: number): Promise<MqttClient> {
  const client = connect(demo.mqttUrl, { username: DEVICE, clientId: DEVICE, password });
  await client.publishAsync(`smartdairy/${DEVICE}/status`, JSON.stringify({ bootId: "by-hand", seq, batteryLevel: 80 }), { qos: 1 });
  return client;
}

test.describe("on a tablet", () => {
  test.use({ viewport: { width: 820, height: 1180 }, hasTouch: true });

  test("a silent device raises an alert, somebody takes it, the device returns and the alert ends itself", async ({ page, demo }) => {
    test.setTimeout(SILENCE_TIMEOUT_MS + 120_000);
    await page.goto(`${demo.url}/devices/${DEVICE}`);
    await page.getByRole("button", { name: "New password" }).click();
    await page.getByRole("combobox", { name: /old password/ }).click();
    await page.getByRole("option", { name: /At once/ }).click();
    await page.getByRole("button", { name: "Issue new password" }).click();
    const password = await page.getByRole("textbox", { name: "Password", exact: true }).inputValue();
    await (await report(demo, password, 1)).endAsync();

    await page.goto(`${demo.url}/devices/${DEVICE}?tab=health`);
    await page.getByRole("button", { name: "Change…" }).click();
    const rules = page.getByRole("dialog");
    await rules.getByLabel("Offline after").fill("30");
    await rules.getByRole("button", { name: "Save" }).click();
    await expect(rules.getByText(/Whole seconds from 60/)).toBeVisible();
    await rules.getByLabel("Offline after").fill("60");
    await rules.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("1 minute · set here")).toBeVisible();

    await page.goto(`${demo.url}/alerts`);
    const row = page.getByRole("listitem").filter({ hasText: DEVICE }).filter({ hasText: "Silent for" });
    await expect(row).toBeVisible({ timeout: SILENCE_TIMEOUT_MS });
    await row.getByRole("link").click();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByText(/Demo admin has it in hand/)).toBeVisible();

    const back = await report(demo, password, 2);
    await expect(page.getByText("Resolved by itself").first()).toBeVisible();
    await expect(page.getByText("The condition is gone.").first()).toBeVisible();
    await back.endAsync();
  });
});

test("a problem is reported by hand, snoozed, brought back and resolved, by mouse and by keyboard", async ({ page, demo }) => {
  await page.goto(`${demo.url}/devices/GT002`);
  await page.getByRole("button", { name: "Report a problem" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(dialog.getByText("Say what is wrong")).toBeVisible();
  await dialog.getByLabel("What is wrong").fill("The hinge squeaks");
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText("The hinge squeaks").first()).toBeVisible();

  await page.goto(`${demo.url}/alerts?q=squeaks`);
  const rows = page.getByRole("list", { name: "Alerts" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await rows.getByRole("link").focus();
  await page.keyboard.press("a");
  await expect(page.getByText("acknowledged by Demo admin")).toBeVisible();
  await page.keyboard.press("x");
  const bar = page.getByRole("region", { name: "Chosen alerts" });
  await bar.getByRole("button", { name: "Snooze…" }).click();
  await page.getByRole("dialog").getByLabel("Why it can wait").fill("Oil is ordered");
  await page.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();

  await page.goto(`${demo.url}/alerts?q=squeaks&view=snoozed`);
  await rows.getByRole("link").click();
  await expect(page.getByText("Oil is ordered").first()).toBeVisible();
  await page.getByRole("button", { name: "Bring back" }).click();
  await page.getByRole("button", { name: "Resolve…" }).click();
  await page.getByRole("dialog").getByLabel("What was done").fill("Oiled it");
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("Resolved by Demo admin").first()).toBeVisible();
  await expect(page.getByText("Oiled it").first()).toBeVisible();
});
