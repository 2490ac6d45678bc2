import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

// The job runs twice a minute, and a browser asks twice a minute.
const TOLD_TIMEOUT_MS = 90_000;

interface Shown {
  title: string;
  body: string | undefined;
}

test("a rule is made, a problem is reported, and its owner is told in the console and by the browser", async ({ page, demo }) => {
  test.setTimeout(TOLD_TIMEOUT_MS * 3);
  await page.context().grantPermissions(["notifications"], { origin: demo.url });
  // What the browser is asked to show stands outside the page, where no test can look.
  await page.addInitScript(() => {
    const shown: Shown[] = [];
    Object.assign(window, { shownNotifications: shown });
    const Original = window.Notification;
    window.Notification = class extends Original {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push({ title, body: options?.body });
      }
    };
  });
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/notifications`);
  await page.getByRole("button", { name: "Delete Urgent" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete rule" }).click();
  await page.getByRole("button", { name: "Own rule" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Browser" }).click();
  await dialog.getByRole("checkbox", { name: "Quiet hours" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Give the rule a name")).toBeVisible();
  await dialog.getByLabel("Name").fill("Barn");
  await dialog.getByRole("checkbox", { name: "Quiet hours" }).click();
  await dialog.getByRole("checkbox", { name: "Completed" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Alerts, warning and worse · Rollouts that pause, fail, wait for approval or are completed")).toBeVisible();
  await expect(page.getByText("Console, Browser · At once")).toBeVisible();

  await page.goto(`${demo.url}/devices/MM006`);
  await page.getByRole("button", { name: "Report a problem" }).click();
  await dialog.getByLabel("What is wrong").fill("The cup has a crack");
  await dialog.getByRole("button", { name: "Report" }).click();
  await page.getByRole("link", { name: "Notifications" }).first().click();
  const told = page.getByRole("listitem").filter({ hasText: "The cup has a crack" });
  await expect(told.filter({ hasText: "Console: sent" })).toBeVisible({ timeout: TOLD_TIMEOUT_MS });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { shownNotifications: Shown[] }).shownNotifications), {
      timeout: TOLD_TIMEOUT_MS,
    })
    .toEqual([{ title: expect.stringMatching(/^Custom: MM006/) as unknown, body: "The cup has a crack" }]);
  await page.getByRole("button", { name: /Mark \d+ as read/ }).click();
  await expect(page.getByRole("button", { name: /as read/ })).toHaveCount(0);

  await told.filter({ hasText: "Console: sent" }).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Who was told" })).toBeVisible();
});
