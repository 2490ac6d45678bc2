import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

async function redeem(url: string, token: string) {
  const response = await fetch(`${url}/api/v1/iot/provision`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, nonce: randomBytes(16).toString("base64url") }),
  });
  return { status: response.status, body: (await response.json()) as { deviceId?: string; code?: string } };
}

test("a batch of tokens: shown once, redeemed by words under one's eyes, revoked", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/provisioning`);
  await page.getByRole("button", { name: "Issue tokens" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Issue tokens" }).click();
  await expect(dialog.getByText("Choose a farm").last()).toBeVisible();
  await dialog.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await dialog.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: /Milk meter/ }).click();
  await dialog.getByLabel("How many").fill("3");
  await dialog.getByLabel("Note").fill("=Box 3");
  await dialog.getByRole("button", { name: "Issue tokens" }).click();

  await expect(dialog.getByRole("heading", { name: "3 tokens are issued" })).toBeVisible();
  const words = await dialog.locator("strong").allTextContents();
  expect(words).toHaveLength(3);
  const text = await dialog.getByRole("textbox", { name: "Token 2" }).inputValue();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv).toContain(`Nordhof,Milk meter,${words[1]},${text},`);
  expect(csv).toContain("'=Box 3");

  // Neither Escape nor the browser's back button loses them unasked.
  for (const leave of [() => page.keyboard.press("Escape"), () => page.goBack()]) {
    await leave();
    await expect(page.getByRole("alertdialog")).toContainText("will not be shown again");
    await page.getByRole("button", { name: "Stay" }).click();
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
  }
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/provisioning$/);
  const rows = page.getByRole("row").filter({ hasText: "=Box 3" });
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Open" })).toHaveCount(3);

  const redeemed = await redeem(demo.url, words[0]?.toUpperCase().replaceAll("-", " ") ?? "");
  expect(redeemed.status).toBe(200);
  expect(redeemed.body.deviceId).toMatch(/^MM\d{3}$/);
  await expect(rows.filter({ hasText: `by ${redeemed.body.deviceId}` })).toBeVisible();
  expect(await redeem(demo.url, words[0] ?? "")).toMatchObject({ status: 401, body: { code: "unauthenticated" } });

  await rows
    .filter({ hasText: "Open" })
    .first()
    .getByRole("button", { name: /Actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Revoke its batch…" }).click();
  await page.getByRole("button", { name: "Revoke batch" }).click();
  await expect(rows.filter({ hasText: "Revoked" })).toHaveCount(2);
  expect(await redeem(demo.url, text)).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
});

test("a registered device gets a token of its own, and its page draws its history", async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/devices/EN004?tab=health`);
  await expect(page.getByText("No history yet")).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Issue token…" }).click();
  await page.getByRole("button", { name: "Issue token", exact: true }).click();
  await expect(page.getByRole("heading", { name: "The token is issued" })).toBeVisible();
  const words = (await page.getByRole("dialog").locator("strong").textContent()) ?? "";
  expect(await redeem(demo.url, words)).toMatchObject({ status: 200, body: { deviceId: "EN004" } });

  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.goto(`${demo.url}/devices/AC001?tab=health`);
  const battery = page.getByRole("slider", { name: /Battery over time/ });
  await battery.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(battery).toHaveAttribute("aria-valuetext", /^\w{3} \d+ \w{3}.*: (\d+ %|no data)$/);
  await page.getByRole("button", { name: "90 days" }).click();
  await expect(page.getByText("One point a day", { exact: false })).toBeVisible();
  await page.getByText("Show as table").click();
  await expect(page.getByRole("table", { name: "Health history" }).getByRole("row")).toHaveCount(91);
});
