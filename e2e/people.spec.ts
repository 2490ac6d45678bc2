import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

test("an invited viewer sees their farm only and can change nothing", async ({ page, demo, browser }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: "Invite person" }).click();
  await page.getByLabel("Name").fill("Milk recorder");
  await page.getByLabel("E-mail").fill("recorder@farm.example");
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: /Viewer/ }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  await expect(page.getByText("Choose at least one farm")).toBeVisible();
  await page.getByRole("checkbox", { name: "Weide Ost" }).click();
  await page.getByRole("button", { name: "Create invitation" }).click();
  const link = await page.getByRole("textbox", { name: "Invitation link", exact: true }).inputValue();
  expect(link).toContain(`${demo.url}/invite/`);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Milk recorder")).toBeVisible();

  const visitor = await browser.newContext();
  const visitorPage = await visitor.newPage();
  await visitorPage.goto(link);
  await visitorPage.getByLabel("Choose a password").fill("short");
  await visitorPage.getByRole("button", { name: "Start" }).click();
  await expect(visitorPage.getByText("At least 12 characters", { exact: true })).toBeVisible();
  await visitorPage.getByLabel("Choose a password").fill("meadow and clover");
  await visitorPage.getByRole("button", { name: "Start" }).click();
  await visitorPage.waitForURL("**/overview");
  await expect(visitorPage.getByRole("link", { name: "Add device" })).toHaveCount(0);
  await visitorPage.goto(`${demo.url}/devices`);
  await expect(visitorPage.getByRole("link", { name: /EN001/ }).first()).toBeVisible();
  await expect(visitorPage.getByRole("link", { name: /MM001/ })).toHaveCount(0);
  await visitorPage.goto(`${demo.url}/devices/MM001`);
  await expect(visitorPage.getByRole("heading", { name: "No device MM001" })).toBeVisible();
  await visitorPage.goto(`${demo.url}/settings/people`);
  await expect(visitorPage.getByRole("button", { name: "Invite person" })).toHaveCount(0);

  const again = await browser.newPage();
  await again.goto(link);
  await expect(again.getByText("This invitation is no longer valid. Ask for a new one.")).toBeVisible();

  await page.getByRole("button", { name: "Change rights of Milk recorder" }).click();
  await page.getByRole("checkbox", { name: "Disabled" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Disabled").first()).toBeVisible();
  await visitorPage.goto(`${demo.url}/overview`);
  await expect(visitorPage).toHaveURL(/\/sign-in$/);
  await visitorPage.getByLabel("E-mail").fill("recorder@farm.example");
  await visitorPage.getByLabel("Password").fill("meadow and clover");
  await visitorPage.getByRole("button", { name: "Sign in" }).click();
  await expect(visitorPage.getByText("This account is disabled. Ask an admin.")).toBeVisible();
  await visitor.close();
  await again.close();
});

test("wrong passwords are refused alike, and sign-out ends the session", async ({ page, demo }) => {
  await page.goto(`${demo.url}/sign-in`);
  for (const email of ["admin@demo.example", "nobody@demo.example"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  }
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.getByRole("button", { name: /Farm manager/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await page.goto(`${demo.url}/devices`);
  await expect(page).toHaveURL(/\/sign-in$/);
});
