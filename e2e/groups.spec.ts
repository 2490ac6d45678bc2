import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

test("a group is made, moved, filled, counted and archived", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/groups`);
  // What spans farms shows the manager's own devices only: the third farm's sensors are not theirs.
  await expect(page.getByRole("link", { name: "Cold chain" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Calf barn" })).toHaveCount(0);

  await page.getByRole("button", { name: "Add group" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add group" }).click();
  await expect(page.getByText("Name is required")).toBeVisible();
  await page.getByLabel("Name").fill("Sick pen");
  await page.getByRole("combobox", { name: "Farm" }).click();
  await page.getByRole("option", { name: /Nordhof/ }).click();
  await expect(page.getByLabel("Code")).toHaveValue("NORD-SICK-PEN");
  await page.getByRole("radio", { name: "Red" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Add group" }).click();
  await expect(page.getByRole("link", { name: "Sick pen" })).toBeVisible();

  await page.getByRole("button", { name: "Actions for Sick pen" }).click();
  await page.getByRole("menuitem", { name: "Move…" }).click();
  await page.getByRole("combobox", { name: "Into" }).click();
  // A farm's group is not offered to another farm's.
  await expect(page.getByRole("option", { name: /Rotary/ })).toHaveCount(0);
  await page.getByRole("option", { name: /^Loose barn\s*Nordhof/ }).click();
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const inBarn = page.getByRole("list", { name: "In Loose barn" });
  await expect(inBarn.getByRole("link", { name: "Sick pen" })).toBeVisible();
  await page.getByRole("button", { name: "Sub-groups of Loose barn" }).first().click();
  await expect(page.getByRole("link", { name: "Sick pen" })).toBeHidden();

  await page.goto(`${demo.url}/devices/AC005`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("combobox", { name: "Group" }).click();
  await expect(page.getByRole("option", { name: /Milking parlour/ })).toHaveCount(0);
  await page.getByRole("option", { name: /Sick pen/ }).click();
  await page.getByRole("textbox", { name: "Find or add a tag" }).fill("Lame");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("button", { name: "Lame" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Lame", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Sick pen" }).click();
  await expect(page.getByRole("heading", { name: "Sick pen" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Path" })).toContainText("Loose barn");
  await expect(page.getByText(/of 1 device online/)).toBeVisible();
  await expect(page.getByRole("link", { name: /AC005/ }).first()).toBeVisible();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByText("Archived", { exact: true })).toBeVisible();
  await page.goto(`${demo.url}/groups`);
  await expect(page.getByRole("link", { name: "Loose barn" }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Sick pen" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show archived" }).click();
  await expect(page.getByRole("link", { name: "Sick pen" })).toBeVisible();
});

test("a group is dragged before another one", async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/groups`);
  const row = (name: string) => page.locator("[data-group-row]").filter({ has: page.getByRole("link", { name }) });
  const names = page.getByRole("list", { name: "In Milking parlour" }).getByRole("link");
  await expect(names).toHaveText(["Left side", "Right side"]);
  await row("Right side").hover();
  await row("Right side")
    .locator("[draggable]")
    .dragTo(row("Left side"), { targetPosition: { x: 200, y: 4 } });
  await expect(names).toHaveText(["Right side", "Left side"]);
  await page.reload();
  await expect(names).toHaveText(["Right side", "Left side"]);
});

test("a tag is added and merged into another one", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/settings/tags`);
  const row = (name: string) => page.getByRole("list", { name: "Tags" }).getByRole("listitem").filter({ hasText: name });
  await expect(row("Rented")).toContainText("3 devices");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByLabel("Name").fill("rented");
  await page.getByRole("button", { name: "Add tag" }).last().click();
  await expect(page.getByText("There is a tag Rented already")).toBeVisible();
  await page.getByLabel("Name").fill("Leased");
  await page.getByRole("button", { name: "Add tag" }).last().click();
  await expect(row("Leased")).toContainText("0 devices");
  await page.getByRole("button", { name: "Actions for Rented" }).click();
  await page.getByRole("menuitem", { name: "Merge…" }).click();
  await page.getByRole("combobox", { name: "Into" }).click();
  await page.getByRole("option", { name: "Leased" }).click();
  await page.getByRole("button", { name: "Merge" }).click();
  await expect(row("Leased")).toContainText("3 devices");
  await expect(row("Rented")).toHaveCount(0);
});
