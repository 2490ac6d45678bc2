import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { call } from "./call-api";
import { film, photograph, type Picture } from "./camera-video";
import { findChromium } from "./chromium";
import type { Product } from "./product";
import { expect, signIn, test } from "./test";

const VIDEO = path.join(mkdtempSync(path.join(tmpdir(), "smart-dairy-camera-")), "labels.y4m");

test.use({
  permissions: ["camera"],
  launchOptions: {
    executablePath: findChromium(),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
      ...["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${VIDEO}`],
    ],
  },
});

test.beforeEach(() => film([], VIDEO));

const FITTER = "field@demo.example";

/** The label as the product draws it on the device's page. */
async function labelOf(page: Page, demo: Product, deviceId: string): Promise<Picture> {
  await page.goto(`${demo.url}/devices/${deviceId}`);
  await page.getByRole("heading", { name: "Label", exact: true }).scrollIntoViewIfNeeded();
  const label = page.getByRole("figure").filter({ hasText: deviceId });
  await expect(label).toBeVisible();
  return photograph(page, label);
}

/** Opens the scanner and waits until it would work without a network. */
async function openScanner(page: Page, demo: Product): Promise<void> {
  await page.goto(`${demo.url}/scan`);
  await expect(page.getByRole("button", { name: "All sent" })).toBeVisible({ timeout: 30_000 });
}

async function prepareForNoNetwork(page: Page): Promise<void> {
  await page.getByRole("button", { name: "All sent" }).click();
  await expect(page.getByText("This page opens without a network.")).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press("Escape");
}

async function type(page: Page, code: string): Promise<void> {
  await page.getByLabel("Or type what the label says").fill(code);
  await page.getByRole("button", { name: "Look up" }).click();
}

interface Activity {
  action: string;
}
const editsOf = async (page: Page, demo: Product, deviceId: string) =>
  (await call<Activity[]>(page, demo, "audit.activity", { deviceId, limit: 50 })).filter(({ action }) => action === "device.edited").length;
const placeOf = async (page: Page, demo: Product, deviceId: string) =>
  (await call<{ location: string | null }>(page, demo, "devices.get", { deviceId })).location;

test("the camera reads a label that the product drew, and opens its device", { tag: "@tablet" }, async ({ page, demo }) => {
  await signIn(page, demo, FITTER, SAMPLE_PASSWORD);
  await film([await labelOf(page, demo, "MM003")], VIDEO);
  await page.goto(`${demo.url}/overview`);
  await page.getByRole("link", { name: "Scan" }).first().click();
  const sheet = page.getByRole("dialog", { name: /MM003/ });
  await expect(sheet).toBeVisible({ timeout: 30_000 });
  await expect(sheet.getByText("In service")).toBeVisible();
  await expect(sheet.getByText("Descale the flow chamber")).toBeVisible();

  await sheet.getByRole("button", { name: "Set place" }).click();
  await sheet.getByLabel("Place").fill("Parlour, third from the left");
  await sheet.getByRole("button", { name: "Save place" }).click();
  await expect(sheet.getByText("Milk meter · Nordhof · Parlour, third from the left")).toBeVisible();
  await sheet.getByRole("button", { name: "Put in maintenance" }).click();
  await expect(sheet.getByText("Maintenance", { exact: true })).toBeVisible();
  await sheet.getByLabel("Take a picture").setInputFiles({ name: "there.png", mimeType: "image/png", buffer: PIXEL });
  await sheet.getByRole("button", { name: "Close Descale the flow chamber" }).click();
  await sheet.getByLabel("Notes").fill("Clean again");
  await sheet.getByRole("button", { name: "Close work" }).click();
  await expect(sheet.getByText("Descale the flow chamber")).toHaveCount(0);
  await sheet.getByRole("button", { name: "Identify" }).click();
  await expect(page.getByText("MM003 is asked to blink")).toBeVisible();

  await expect(page.getByText("All sent")).toBeAttached();
  await expect.poll(() => placeOf(page, demo, "MM003")).toBe("Parlour, third from the left");
  await page.goto(`${demo.url}/devices/MM003?tab=maintenance`);
  await expect(page.getByText("Clean again")).toBeVisible();
  await page.goto(`${demo.url}/scan?device=MM003`);
  const picture = page.getByRole("dialog", { name: /MM003/ }).getByRole("button", { name: "Show picture 1" }).locator("img");
  const answer = await page.request.get(demo.url + ((await picture.getAttribute("src")) ?? ""));
  expect(answer.headers()).toMatchObject({
    "content-type": "image/png",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
});

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test("what is typed is found, named for what it is, or set up with what the code says", async ({ page, demo }) => {
  await signIn(page, demo, FITTER, SAMPLE_PASSWORD);
  await openScanner(page, demo);
  await type(page, "https://shop.example/MM001");
  await expect(page.getByText("Not a device: a web link (shop.example).")).toBeVisible();
  await type(page, "SMARTDAIRY:MM1:milk_meter:");
  await expect(page.getByText(/Damaged code\. “MM1” is no device ID/)).toBeVisible();
  await page.getByRole("button", { name: "WD", exact: true }).click();
  await page.keyboard.type("002");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /WD002/ })).toBeVisible();
  await page.keyboard.press("Escape");
  // The prefix used last comes first.
  await expect(page.getByRole("group", { name: "Begin with" }).getByRole("button").first()).toHaveText("WD");

  await type(page, '{"device_id":"GT411","type":"gate","serial_number":"SG-411","manufacturer":"SortGate","name":"North gate"}');
  await page.getByRole("button", { name: "Set up this device" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("North gate");
  await expect(page.getByLabel("Device ID")).toHaveValue("GT411");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Serial number")).toHaveValue("SG-411");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Create device" }).click();
  await expect(page.getByText("The password will not be shown again")).toBeVisible();
  const device = await call<{ provisioningMethod: string }>(page, demo, "devices.get", { deviceId: "GT411" });
  expect(device.provisioningMethod).toBe("manual");
});

test(
  "a walk without a network: five labels, a reload, and everything arrives once",
  { tag: "@tablet" },
  async ({ page, demo, context }) => {
    test.setTimeout(240_000);
    await signIn(page, demo, FITTER, SAMPLE_PASSWORD);
    const walked = ["MM004", "MM005", "MM006", "MM007", "MM008"];
    const labels: Picture[] = [];
    for (const deviceId of walked) labels.push(await labelOf(page, demo, deviceId));
    const edits = await Promise.all(walked.map((deviceId) => editsOf(page, demo, deviceId)));
    await openScanner(page, demo);
    await prepareForNoNetwork(page);

    await context.setOffline(true);
    await page.getByRole("button", { name: "Start a walk" }).click();
    await page.getByLabel("Places are called").fill("Row A, stall");
    await page.getByLabel("Last number").fill("6");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const camera = page.getByRole("button", { name: "Camera", exact: true });
    await camera.click();
    await film(labels, VIDEO, 3);
    await camera.click();
    await expect(page.getByRole("button", { name: "Offline · 5 changes waiting" })).toBeVisible({ timeout: 60_000 });
    // The battery is changed: nothing but the disk remembers.
    await page.reload();
    await expect(page.getByRole("button", { name: "Offline · 5 changes waiting" })).toBeVisible();
    await expect(page.getByText("Row A, stall 6")).toBeVisible();
    await camera.click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "Offline · 4 changes waiting" })).toBeVisible();
    await camera.click();
    await expect(page.getByRole("button", { name: "Offline · 5 changes waiting" })).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "End" }).click();
    const coverage = page.getByRole("dialog", { name: "Coverage" });
    await expect(coverage.getByText("5 of 6 places have a device")).toBeVisible();
    const places = await coverage.getByRole("list", { name: "Places" }).getByRole("listitem").allInnerTexts();
    const hung = new Map(places.map((place) => place.split("\n").reverse() as [string, string]));
    expect([...hung.keys()].sort()).toEqual([...walked, "No device"].sort());
    await coverage.getByRole("button", { name: "Finish walk" }).click();
    const waiting = await outboxOf(page);
    expect(waiting).toHaveLength(5);

    await context.setOffline(false);
    await expect(page.getByRole("button", { name: "All sent" })).toBeVisible({ timeout: 30_000 });
    const once = edits.map((count) => count + 1);
    expect(await Promise.all(walked.map((deviceId) => editsOf(page, demo, deviceId)))).toEqual(once);
    expect(await Promise.all(walked.map((deviceId) => placeOf(page, demo, deviceId)))).toEqual(walked.map((id) => hung.get(id)));

    // Sent again as they were, twice: the server knows them.
    for (const action of [...waiting, ...waiting]) expect(await call(page, demo, "scan.perform", action)).toEqual({ outcome: "done" });
    expect(await Promise.all(walked.map((deviceId) => editsOf(page, demo, deviceId)))).toEqual(once);
  },
);

/** What waits on the disk of this browser. */
function outboxOf(page: Page): Promise<unknown[]> {
  return page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open("smart-dairy-field");
        opening.onerror = () => reject(new Error("no database"));
        opening.onsuccess = () => {
          const reading = opening.result.transaction("outbox").objectStore("outbox").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve((reading.result as { action: unknown }[]).map(({ action }) => action));
          };
        };
      }),
  );
}

test("what two people changed is shown side by side, and one is chosen", async ({ page, demo, context, browser }) => {
  await signIn(page, demo, FITTER, SAMPLE_PASSWORD);
  await openScanner(page, demo);
  await prepareForNoNetwork(page);
  await context.setOffline(true);
  const move = async (deviceId: string, place: string) => {
    await type(page, deviceId);
    const sheet = page.getByRole("dialog", { name: new RegExp(deviceId) });
    await sheet.getByRole("button", { name: "Set place" }).click();
    await sheet.getByLabel("Place").fill(place);
    await sheet.getByRole("button", { name: "Save place" }).click();
    await expect(sheet.getByText("Waits to be sent")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
  };
  await move("TS001", "Tank, lid");
  await move("WD003", "Milk room, window");

  const office = await browser.newContext();
  const manager = await office.newPage();
  await signIn(manager, demo, "manager@demo.example", SAMPLE_PASSWORD);
  for (const deviceId of ["TS001", "WD003"]) {
    const device = await call<Record<string, unknown>>(manager, demo, "devices.get", { deviceId });
    await call(manager, demo, "devices.edit", {
      ...device,
      deviceId,
      connectionType: device.configuredConnectionType,
      location: "Moved by the office",
    });
  }
  await office.close();

  await context.setOffline(false);
  await page.getByRole("button", { name: "2 to decide" }).click({ timeout: 30_000 });
  const list = page.getByRole("list", { name: "Not sent yet" });
  const first = list.getByRole("listitem").filter({ hasText: "TS001" });
  await expect(first.getByText("Tank, lid", { exact: true })).toBeVisible();
  await expect(first.getByText("Moved by the office")).toBeVisible();
  await expect(first.getByText(/^Farm manager, /)).toBeVisible();
  await first.getByRole("button", { name: "Use mine" }).click();
  await expect(first).toHaveCount(0);
  await list.getByRole("listitem").filter({ hasText: "WD003" }).getByRole("button", { name: "Keep theirs" }).click();
  await expect(page.getByText("Everything has arrived")).toBeVisible();
  expect(await placeOf(page, demo, "TS001")).toBe("Tank, lid");
  expect(await placeOf(page, demo, "WD003")).toBe("Moved by the office");
});

test("a device is registered without a network under a reserved ID, and gets its credentials later", async ({ page, demo, context }) => {
  await signIn(page, demo, FITTER, SAMPLE_PASSWORD);
  await openScanner(page, demo);
  await page.getByRole("button", { name: "All sent" }).click();
  await expect(page.getByText("This page opens without a network.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("combobox", { name: "Type", exact: true }).click();
  await page.getByRole("option", { name: "Water dispenser" }).click();
  await page.getByRole("button", { name: "Reserve 10 IDs" }).click();
  const range = page.getByText(/^WD\d+ – WD\d+$/);
  await expect(range).toBeVisible();
  const reserved = (await range.innerText()).split(" ")[0] ?? "";
  await page.keyboard.press("Escape");

  await context.setOffline(true);
  await type(page, "WF-900-77123");
  const sheet = page.getByRole("dialog", { name: /WF-900-77123/ });
  await expect(sheet.getByText("No network: register it now, get its credentials later")).toBeVisible();
  await sheet.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: "Water dispenser" }).click();
  await expect(sheet.getByLabel("Device ID")).toHaveValue(reserved);
  await sheet.getByRole("button", { name: "Register" }).click();
  await expect(sheet.getByText("Name is required")).toBeVisible();
  await sheet.getByLabel("Name").fill("Pen 9 trough");
  await sheet.getByRole("button", { name: "Register" }).click();
  await page.keyboard.press("Escape");
  await type(page, reserved);
  await expect(page.getByRole("dialog", { name: /Pen 9 trough/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await context.setOffline(false);
  await expect(page.getByRole("button", { name: "All sent" })).toBeVisible({ timeout: 30_000 });
  await page.goto(`${demo.url}/devices/${reserved}`);
  await expect(page.getByText("Draft", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /Pen 9 trough/ })).toBeVisible();
  expect(await call<{ serialNumber: string }>(page, demo, "devices.get", { deviceId: reserved })).toMatchObject({
    serialNumber: "WF-900-77123",
  });
});

test("signing out forgets what the scanner kept, and asks when something has not been sent", async ({ page, demo, context }) => {
  await page.goto(`${demo.url}/sign-in`);
  await page.getByLabel("E-mail").fill(FITTER);
  await page.getByLabel("Password").fill(SAMPLE_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/overview");
  await openScanner(page, demo);
  await prepareForNoNetwork(page);
  await context.setOffline(true);
  await type(page, "AC001");
  await page.getByRole("button", { name: "Put in maintenance" }).click();
  await expect(page.getByText("Waits to be sent")).toBeVisible();
  // The network is back, but the session of the tablet is not: what was done waits for its person.
  await page.context().clearCookies();
  await context.setOffline(false);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign in to send 1" }).click({ timeout: 30_000 });
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(FITTER);
  await page.getByLabel("Password").fill(SAMPLE_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "All sent" })).toBeVisible({ timeout: 30_000 });

  // An ID of a farm that is not theirs: that is known only when the network is back.
  await context.setOffline(true);
  await type(page, "MM013");
  await page.getByLabel("Name").fill("Stall 13");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText("When it has arrived, open its page")).toBeVisible();
  await page.keyboard.press("Escape");
  await context.setOffline(false);
  await page.getByRole("button", { name: "1 to decide" }).click({ timeout: 30_000 });
  await expect(page.getByText("MM013 is already registered, choose another ID")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Back to the console" }).click();
  await page
    .getByRole("button", { name: /account menu/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText(/1 change made with the scanner waits/)).toBeVisible();
  await page.getByRole("button", { name: "Sign out and lose them" }).click();
  await page.waitForURL("**/sign-in");
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).not.toContain("smart-dairy-field");
});
