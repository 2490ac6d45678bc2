import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

const KILOBYTE = 1_000;

test.beforeEach(async ({ page, demo }) => {
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
});

/** A program for a gate, another one each time. */
function program(name: string, kilobytes: number) {
  const buffer = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(kilobytes * KILOBYTE - 4)]);
  return { name, mimeType: "application/octet-stream", buffer };
}

/** A slow uplink, so that one sees the file on its way; `0` = as fast as it goes. */
async function limitUpload(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const uploadThroughput = bytesPerSecond || -1;
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

/** A way to the product that can be cut. */
class Cable {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  port = 0;

  constructor(target: URL) {
    this.#server = createServer((near) => {
      const far = connect(Number(target.port), "127.0.0.1");
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => other.destroy());
        socket.pipe(other);
      }
    });
  }

  async plug(): Promise<string> {
    this.#server.listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = (this.#server.address() as AddressInfo).port;
    return `http://localhost:${this.port}`;
  }

  cut(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}

const choose = (page: Page, file: ReturnType<typeof program>) => page.getByLabel(/Drop the firmware file here/).setInputFiles(file);

test("a file is uploaded with its progress, tried, released, and stands in the list as the newest", async ({ page, demo }) => {
  await page.goto(`${demo.url}/firmware`);
  await page.getByRole("link", { name: "Add firmware" }).click();
  await limitUpload(page, 400 * KILOBYTE);
  await choose(page, program("gate-1.5.0.bin", 1_200));
  const progress = page.getByRole("progressbar", { name: "gate-1.5.0.bin" });
  await expect(progress).toBeVisible();
  await expect.poll(async () => Number(await progress.getAttribute("aria-valuenow"))).toBeGreaterThan(0);
  await expect(page.getByRole("button", { name: "Save as draft" })).toBeDisabled();
  await expect(page.getByText("ELF program")).toBeVisible();
  await limitUpload(page, 0);
  // The name of the file says it.
  await expect(page.getByRole("textbox", { name: "Version", exact: true })).toHaveValue("1.5.0");

  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("Give it a name people recognise")).toBeVisible();
  await expect(page.getByText("Choose a device type")).toBeVisible();
  await page.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: "Automated gate" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Steady gate");
  await page.getByLabel("Minimum previous version").fill("1.3.0");
  await page.getByRole("button", { name: "Save as draft" }).click();

  await expect(page.getByRole("heading", { name: "1.5.0 Steady gate" })).toBeVisible();
  await page.getByRole("button", { name: "Put into testing" }).click();
  await page.getByRole("dialog").getByLabel("What is to be tried").fill("Pasture gate");
  await page.getByRole("dialog").getByRole("button", { name: "Put into testing" }).click();
  await expect(page.getByText("Pasture gate")).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit" })).toBeHidden();
  await page.getByRole("button", { name: "Release as stable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Release as stable" }).click();
  await expect(page.getByText("Newest stable")).toBeVisible();

  await page.getByRole("combobox", { name: /What is different in 1\.5\.0/ }).click();
  await page.getByRole("option", { name: /1\.3\.0/ }).click();
  await expect(page.getByRole("region", { name: "1.3.0 and 1.5.0 side by side" })).toContainText("Quiet gate");

  await page.goto(`${demo.url}/firmware?type=gate`);
  const gates = page.getByRole("list", { name: "Firmware for automated gates" }).getByRole("listitem");
  await expect(gates.first()).toContainText("1.5.0 Steady gate");
  await expect(gates.first()).toContainText("Newest stable");
  await expect(gates.first()).toContainText("0 devices");
  await page.goto(`${demo.url}/devices/GT001`);
  await expect(page.getByText("One update")).toBeVisible();
});

test("an upload goes on after the connection broke, and can be given up", async ({ page, demo }) => {
  const cable = new Cable(new URL(demo.url));
  await page.goto(`${await cable.plug()}/firmware/new`);
  await limitUpload(page, 300 * KILOBYTE);
  await choose(page, program("gate-1.6.0.bin", 1_500));
  const progress = page.getByRole("progressbar", { name: "gate-1.6.0.bin" });
  await expect.poll(async () => Number(await progress.getAttribute("aria-valuenow"))).toBeGreaterThan(10);
  cable.cut();
  await expect(page.getByText("It goes on by itself from where it was.")).toBeVisible();
  const goneOn = page.waitForRequest((request) => request.method() === "PATCH");
  await cable.plug();
  expect(Number((await goneOn).headers()["upload-offset"])).toBeGreaterThan(0);
  await expect(page.getByText("ELF program")).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();

  await limitUpload(page, 100 * KILOBYTE);
  await choose(page, program("gate-1.7.0.bin", 1_500));
  await expect(page.getByRole("progressbar", { name: "gate-1.7.0.bin" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText(/Drop the firmware file here/)).toBeVisible();
  await page.goto(demo.url);
  cable.cut();
});

test("what is no firmware, another file than published, and an inside address are refused", async ({ page, demo }) => {
  await page.goto(`${demo.url}/firmware/new`);
  await choose(page, { name: "mm-9.9.9.bin", mimeType: "text/html", buffer: Buffer.from("<!doctype html><title>Sign in</title>") });
  await expect(page.getByText("mm-9.9.9.bin was not taken")).toBeVisible();
  await expect(page.getByText(/This is a web page/)).toBeVisible();
  await page.getByRole("button", { name: "Choose another" }).click();

  await page.getByLabel("Published SHA-256").fill("a".repeat(64));
  await choose(page, program("mm-9.9.9.bin", 10));
  await expect(page.getByText(/has another SHA-256/)).toBeVisible();
  await page.getByRole("button", { name: "Choose another" }).click();
  await page.getByLabel("Published SHA-256").fill("");

  await page.getByLabel("Or let the server fetch it").fill("https://169.254.169.254/latest/meta-data");
  await page.getByRole("button", { name: "Fetch" }).click();
  await expect(page.getByText("Only servers on the public internet")).toBeVisible();

  await choose(page, {
    name: "mm-9.9.9.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.concat([Buffer.from([1, 2, 3]), randomBytes(500)]),
  });
  await expect(page.getByText("Not recognised")).toBeVisible();
  await page.getByRole("combobox", { name: "Device type" }).click();
  await page.getByRole("option", { name: "Milk meter" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Own format");
  await page.getByRole("textbox", { name: "Version", exact: true }).fill("v3.5.0");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("v3.5.0 ranks the same as 3.5.0, which exists already for milk meters")).toBeVisible();
  await page.getByRole("textbox", { name: "Version", exact: true }).fill("9.9.9");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText(/Confirm that it is the right one/)).toBeVisible();
  await page.getByLabel("This is the right file").check();
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByRole("heading", { name: "9.9.9 Own format" })).toBeVisible();

  await page.getByRole("button", { name: "More actions for 9.9.9" }).click();
  await page.getByRole("menuitem", { name: /Delete draft/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete draft" }).click();
  await expect(page.getByRole("heading", { name: "Firmware", exact: true })).toBeVisible();
  await expect(page.getByText("9.9.9 Own format")).toBeHidden();
});

test("who does not release firmware sees what is released, and no drafts", async ({ page, demo }) => {
  await page.context().clearCookies();
  await signIn(page, demo, "manager@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/firmware`);
  await expect(page.getByText("3.5.0 Spring release")).toBeVisible();
  await expect(page.getByText("3.7.0 Next release")).toBeHidden();
  await expect(page.getByRole("link", { name: "Add firmware" })).toBeHidden();
  await page.getByRole("link", { name: /3\.5\.0 Spring release/ }).click();
  await expect(page.getByText("Within 0.4 % of the tank in 84 milkings.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Deprecate/ })).toBeHidden();
  await page.goto(`${demo.url}/firmware/new`);
  await expect(page.getByText("Firmware is released by admins.")).toBeVisible();
});
