import type { Browser, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { oneTimeCode } from "../server/testing/one-time-code";
import { call } from "./call-api";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

const PASSWORD = "meadow and clover";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0";

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

  await page.getByRole("button", { name: "Change Milk recorder" }).click();
  await page.getByRole("checkbox", { name: "Disabled" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Disabled").first()).toBeVisible();
  // By itself: nobody asked for another page.
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

/** Somebody new, so that what is done to their way in troubles no other test. @param admin a page where an admin is signed in */
async function newPerson(admin: Page, demo: Product, name: string): Promise<{ name: string; email: string }> {
  const email = `${name.toLowerCase().replaceAll(" ", "-")}@farm.example`;
  const { link } = await call<{ link: string }>(admin, demo, "people.invite", { name, email, isAdmin: true });
  await call(admin, demo, "people.acceptInvitation", { token: link.split("/invite/")[1], password: PASSWORD });
  return { name, email };
}

async function fillSignIn(page: Page, demo: Product, email: string, password: string): Promise<void> {
  await page.goto(`${demo.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

let lastAddress = 0;

/** A browser that calls from an address of its own: these sign in more often than one address may in a minute. */
async function newBrowser(browser: Browser, userAgent?: string): Promise<Page> {
  const extraHTTPHeaders = { "x-forwarded-for": `198.51.100.${++lastAddress}` };
  return (await browser.newContext({ userAgent, extraHTTPHeaders })).newPage();
}

async function elsewhere(browser: Browser, demo: Product, email: string): Promise<Page> {
  const page = await newBrowser(browser, FIREFOX);
  await fillSignIn(page, demo, email, PASSWORD);
  await page.waitForURL("**/overview");
  return page;
}

test("ending a session signs that browser out at once, by oneself and by an admin", async ({ page, demo, browser }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  const { name, email } = await newPerson(page, demo, "Night milker");
  const own = await newBrowser(browser);
  await fillSignIn(own, demo, email, PASSWORD);
  await own.waitForURL("**/overview");
  const tablet = await elsewhere(browser, demo, email);
  await own.goto(`${demo.url}/settings/account`);
  const sessions = own.getByRole("list", { name: "Where signed in" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText("This one");
  await own.getByRole("button", { name: "Sign out Firefox on Windows" }).click();
  await expect(own.getByText("Firefox on Windows is signed out")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  // By itself: what was on its screen is gone.
  await expect(tablet).toHaveURL(/\/sign-in$/);

  const again = await elsewhere(browser, demo, email);
  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("tab", { name: "Signing in" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("Signed in nowhere.")).toBeVisible();
  for (const ended of [own, again]) {
    await expect(ended).toHaveURL(/\/sign-in$/);
    await ended.context().close();
  }
  await tablet.context().close();
});

test("with an admin's link somebody who forgot their password chooses another", async ({ page, demo, browser }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  const { name, email } = await newPerson(page, demo, "Forgetful vet");
  const open = await elsewhere(browser, demo, email);
  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("tab", { name: "Signing in" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("textbox", { name: "Link for a new password" }).inputValue();
  expect(link).toContain(`${demo.url}/reset/`);

  const visitor = await newBrowser(browser);
  await visitor.goto(link);
  await visitor.getByLabel("New password").fill("short");
  await visitor.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(visitor.getByText("At least 12 characters", { exact: true })).toBeVisible();
  await visitor.getByLabel("New password").fill("rye and barley");
  await visitor.getByRole("button", { name: "Set password and sign in" }).click();
  await visitor.waitForURL("**/overview");
  await expect(open).toHaveURL(/\/sign-in$/);
  await open.goto(link);
  await expect(open.getByText("This link is no longer valid. Ask an admin for a new one.")).toBeVisible();
  await fillSignIn(open, demo, email, PASSWORD);
  await expect(open.getByText("E-mail or password is wrong.")).toBeVisible();
  await visitor.context().close();
  await open.context().close();
});

test("with a second factor the password alone opens nothing, the code does, and so does a backup code", async ({ page, demo, browser }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  const { name, email } = await newPerson(page, demo, "Careful adviser");
  const own = await newBrowser(browser);
  await fillSignIn(own, demo, email, PASSWORD);
  await own.waitForURL("**/overview");
  await own.goto(`${demo.url}/settings/account`);
  await own.getByRole("button", { name: "Turn on" }).click();
  const dialog = own.getByRole("dialog");
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByText("This is not your password")).toBeVisible();
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img", { name: "QR code for your app" })).toBeVisible();
  const secret = await dialog.getByRole("textbox", { name: "Secret" }).inputValue();
  const address = `otpauth://totp/Smart%20Dairy?secret=${secret}`;
  await dialog.getByLabel("Code from your app").fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText(/This code is wrong/)).toBeVisible();
  await dialog.getByLabel("Code from your app").fill(oneTimeCode(address));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const codes = own.getByRole("list", { name: "Backup codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const [backupCode = ""] = await codes.allInnerTexts();
  await own.getByRole("button", { name: "I have kept them" }).click();
  await expect(own.getByText("10 backup codes left")).toBeVisible();

  await own.getByRole("button", { name: /Careful adviser/ }).click();
  await own.getByRole("menuitem", { name: "Sign out" }).click();
  await own.waitForURL("**/sign-in");
  await fillSignIn(own, demo, email, PASSWORD);
  await expect(own.getByLabel("Code from your app")).toBeFocused();
  const peek = await own.context().newPage();
  await peek.goto(`${demo.url}/devices`);
  await expect(peek).toHaveURL(/\/sign-in$/);
  await peek.close();
  await own.getByLabel("Code from your app").fill("000000");
  await own.getByRole("button", { name: "Sign in" }).click();
  await expect(own.getByText(/This code is wrong/)).toBeVisible();
  // The next one: that which turned it on is used up.
  await own.getByLabel("Code from your app").fill(oneTimeCode(address, 1));
  await own.getByRole("button", { name: "Sign in" }).click();
  await own.waitForURL("**/overview");

  const withoutPhone = await newBrowser(browser);
  await fillSignIn(withoutPhone, demo, email, PASSWORD);
  await withoutPhone.getByRole("button", { name: "Use a backup code" }).click();
  await withoutPhone.getByLabel("Backup code").fill(backupCode);
  await withoutPhone.getByRole("button", { name: "Sign in" }).click();
  await withoutPhone.waitForURL("**/overview");

  await page.goto(`${demo.url}/settings/people`);
  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("tab", { name: "Signing in" }).click();
  await page.getByRole("region", { name: "Second factor" }).getByRole("button", { name: "Turn off" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("Off: the password alone lets them in.")).toBeVisible();
  const passwordAlone = await elsewhere(browser, demo, email);
  for (const opened of [own, withoutPhone, passwordAlone]) await opened.context().close();
});
