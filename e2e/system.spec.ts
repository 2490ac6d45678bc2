import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

test(
  "an admin sees how the installation is, runs a job, and chooses how long things are kept",
  { tag: "@tablet" },
  async ({ page, demo }) => {
    test.setTimeout(180_000);
    await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
    await page.goto(`${demo.url}/settings/system`);

    const broker = page.getByRole("region", { name: "Broker" });
    // The processes speak every ten seconds, the page asks every five.
    await expect(broker.getByText("Connected", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
    await expect(broker.getByText(/^[1-9]\d* devices?, [1-9] of ours$/)).toBeVisible({ timeout: 60_000 });
    await expect(broker.getByText(/^[1-9][\d,]* a minute$/).first()).toBeVisible({ timeout: 60_000 });

    const database = page.getByRole("region", { name: "Database" });
    await expect(database.getByText("Up to date")).toBeVisible();
    await expect(database.getByText(/^PostgreSQL \d+/)).toBeVisible();
    await expect(database.getByRole("rowheader").first()).toBeVisible();

    const jobs = page.getByRole("list", { name: "Jobs" }).getByRole("listitem");
    await expect(jobs).toHaveCount(6);
    for (const job of ["Rollouts", "Imports", "Notifications", "Webhooks"])
      await expect(
        jobs
          .filter({ hasText: job })
          .getByText(/^Last run/)
          .first(),
      ).toBeVisible({ timeout: 60_000 });
    await expect(jobs.filter({ hasText: "Rollouts" }).getByRole("button")).toHaveCount(0);
    await jobs.getByRole("button", { name: "Run housekeeping now" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Run now" }).click();
    await expect(jobs.filter({ hasText: "Housekeeping" }).getByText("Done", { exact: true })).toBeVisible({ timeout: 30_000 });

    const processes = page.getByRole("list", { name: "Processes" }).getByRole("listitem");
    await expect(processes).toHaveCount(3);
    await expect(processes.getByText("Running", { exact: true })).toHaveCount(3);
    await expect(page.getByRole("region", { name: "Storage" }).getByText(/free of/)).toBeVisible();

    await page.goto(`${demo.url}/settings/system/retention`);
    const days = page.getByLabel("Health history of devices");
    await expect(days).toHaveValue("400");
    await days.fill("30");
    await page.getByRole("button", { name: "Save…" }).click();
    await expect(page.getByText("Whole days from 90 to 3,650")).toBeVisible();
    // The demo has no older history: nothing goes, and that is said before it is saved.
    await days.fill("380");
    await page.getByRole("button", { name: "Save…" }).click();
    const question = page.getByRole("alertdialog");
    await expect(question.getByText("Nothing that is there now is deleted by this.")).toBeVisible();
    await question.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/^Last changed/)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Health history of devices")).toHaveValue("380");

    await page.goto(`${demo.url}/settings/audit`);
    await expect(page.getByText("changed how long things are kept").first()).toBeVisible();
    await expect(page.getByText("ran a job out of turn").first()).toBeVisible();
  },
);

test("who is no admin sees neither", async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  for (const path of ["/settings/system", "/settings/system/retention"]) {
    await page.goto(`${demo.url}${path}`);
    await expect(page.getByRole("list", { name: "Jobs" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Save…" })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/System|Retention/);
  }
});
