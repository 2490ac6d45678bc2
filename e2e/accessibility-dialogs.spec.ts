import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { faultsOf } from "./axe";
import type { Product } from "./product";
import { standingsOf } from "./rollout-standings";
import { expect, signIn, test } from "./test";

test.use({ viewport: { width: 820, height: 1180 } });

test("axe finds nothing before sign-in, in the wizard and in dialogs, light and dark", async ({ page, product, demo }) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const found: string[] = [];
  const look: Look = async (name, leaveOut) => found.push(...(await faultsOf(page, name, leaveOut)));

  await page.goto(`${product.url}/setup`);
  await page.getByRole("button", { name: "Create admin and farm" }).click();
  await expect(page.getByText("Enter the setup code from the terminal")).toBeVisible();
  await look("setup with errors");
  await page.goto(`${demo.url}/invite/no-such-invitation`);
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await look("old invitation");
  await page.goto(`${demo.url}/reset/no-such-link`);
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await look("old link for a new password");

  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await lookAtWizard(page, demo, look);
  await lookAtDeviceDialogs(page, demo, look);
  await lookAtRollout(page, demo, look);
  const invitation = await lookAtSettingsDialogs(page, demo, look);
  await page.context().clearCookies();
  await page.goto(invitation);
  await expect(page.getByLabel("Choose a password")).toBeFocused();
  await look("invitation");
  expect(found).toEqual([]);
});

type Look = (name: string, leaveOut?: string[]) => Promise<unknown>;

/** What floats above a page for a moment, a menu or the choices of a select, is in no landmark. */
const FLOATING = ["region"];

async function lookAtWizard(page: Page, demo: Product, look: Look): Promise<void> {
  const next = () => page.getByRole("button", { name: "Continue" }).click();
  await page.goto(`${demo.url}/devices/new`);
  await page.getByRole("radio", { name: /Milk meter/ }).click();
  await look("wizard, type");
  await next();
  await expect(page.getByText("Free", { exact: true })).toBeVisible();
  await next();
  await expect(page.getByText("Name is required")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await look("wizard, information with errors");
  await page.getByLabel("Name").fill("Stall 13");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await next();
  await page.getByLabel("MAC address").fill("not a mac");
  await next();
  await expect(page.getByLabel("MAC address")).toBeFocused();
  await look("wizard, hardware with errors");
  await page.getByLabel("MAC address").fill("");
  await next();
  await expect(page.getByRole("group", { name: "Review" })).toBeFocused();
  await look("wizard, review");
  await page.getByRole("button", { name: "Create device" }).click();
  await expect(page.getByText("Waiting for the device…")).toBeVisible();
  await page.getByText("Topics", { exact: true }).click();
  await look("wizard, credentials");
}

async function lookAtDeviceDialogs(page: Page, demo: Product, look: Look): Promise<void> {
  await page.goto(`${demo.url}/devices/MM003`);
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await look("edit device");
  await close(page, "Edit");
  await page.getByRole("button", { name: "More actions" }).click();
  await look("menu of a device", FLOATING);
  await page.getByRole("menuitem", { name: /Decommission/ }).click();
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.getByRole("button", { name: "Decommission" }).click();
  await expect(page.getByText("Say why, for the record")).toBeVisible();
  await look("decommission with an error");
  await close(page, "More actions");
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look("revoke");
  await close(page, "Revoke");
  await page.getByRole("button", { name: "New password" }).click();
  await page.getByRole("combobox").click();
  await expect(page.getByRole("option", { name: /At once/ })).toBeVisible();
  await look("rotate, its choices open", FLOATING);
  await page.getByRole("option", { name: "After 1 hour" }).click();
  await page.getByRole("button", { name: "Issue new password" }).click();
  await expect(page.getByRole("dialog").getByLabel("Password", { exact: true })).toBeVisible();
  await look("rotated");
  await page.mouse.click(5, 5);
  await page.getByRole("button", { name: "I have saved it" }).click();
}

async function lookAtRollout(page: Page, demo: Product, look: Look): Promise<void> {
  const { paused } = await standingsOf(demo);
  await page.goto(`${demo.url}/rollouts/${paused}?show=failed`);
  await page
    .getByRole("button", { name: /^Timeline of/ })
    .first()
    .click();
  await expect(page.getByText("30 min in all")).toBeVisible();
  await page.getByRole("button", { name: "As a table" }).click();
  await look("rollout, its stages as a table, a device's timeline open");
  await page.getByRole("button", { name: "Resume…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look("resume a rollout");
  await close(page, "Resume…");
  await page.goto(`${demo.url}/settings/signing-keys`);
  await page.getByRole("button", { name: "Rotate key…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("vouches for it");
  await look("rotate the signing key");
  await close(page, "Rotate key…");
}

async function lookAtSettingsDialogs(page: Page, demo: Product, look: Look): Promise<string> {
  await page.goto(`${demo.url}/settings/farms`);
  await page.getByRole("button", { name: "Edit Nordhof" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await look("farm");
  await close(page, "Edit Nordhof");
  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: "Change Farm manager" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("person");
  await page.getByRole("tab", { name: "Signing in" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByRole("textbox", { name: "Link for a new password" })).toBeVisible();
  await look("how a person signs in");
  await close(page, "Change Farm manager");
  await page.getByRole("button", { name: "Invite person" }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  await expect(page.getByText("Choose at least one farm")).toBeVisible();
  await look("invite with errors");
  await page.getByLabel("Name").fill("Herd visitor");
  await page.getByLabel("E-mail").fill(`visitor-${Date.now()}@farm.example`);
  await page.getByRole("checkbox", { name: "Nordhof" }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  const link = page.getByRole("textbox", { name: "Invitation link", exact: true });
  await expect(link).toBeVisible();
  await look("invited");
  const invitation = await link.inputValue();
  await page.goto(`${demo.url}/notifications`);
  await page.getByRole("button", { name: "Change Urgent" }).click();
  const rule = page.getByRole("dialog");
  await rule.getByLabel("Name").fill("");
  await rule.getByRole("checkbox", { name: "Quiet hours" }).click();
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByText("Give the rule a name")).toBeVisible();
  await look("notification rule with errors");
  await close(page, "Change Urgent");
  return invitation;
}

/** Escape closes, and the focus is where it came from. */
async function close(page: Page, opener: string): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: opener, exact: true })).toBeFocused();
}
