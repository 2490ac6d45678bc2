import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { SAMPLE_PASSWORD } from "../server/services/demo/sample-herd";
import { expect, signIn, test } from "./test";

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody else's server: answers 200, or 500 while it is out of order. */
async function startReceiver() {
  const receiver = { received: [] as Received[], isOutOfOrder: false };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      receiver.received.push({ headers: request.headers, body });
      response.writeHead(receiver.isOutOfOrder ? 500 : 200).end(receiver.isOutOfOrder ? "out of order" : "thanks");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dairy`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

test("a webhook is told, signed, of what happens, also of what it has missed", { tag: "@tablet" }, async ({ page, demo }) => {
  test.setTimeout(180_000);
  const receiver = await startReceiver();
  const typesAbout = (deviceId: string) =>
    receiver.received.flatMap(({ body }) => {
      const { type, data } = JSON.parse(body) as { type: string; data: { device?: { deviceId: string } } };
      return data.device?.deviceId === deviceId ? [type] : [];
    });
  await signIn(page, demo, "admin@demo.example", SAMPLE_PASSWORD);
  await page.goto(`${demo.url}/settings/webhooks`);
  await expect(page.getByText("Nobody is told yet")).toBeVisible();
  await page.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Herd management");
  await dialog.getByLabel("URL").fill("http://10.0.0.5/dairy");
  await dialog.getByRole("checkbox", { name: "Alerts" }).click();
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText("Only https:// addresses")).toBeVisible();
  await dialog.getByLabel("URL").fill(receiver.url);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  const secret = await dialog.getByLabel("Signing secret", { exact: true }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("link", { name: "Herd management" }).click();
  await page.waitForURL("**/settings/webhooks/*-*");
  const webhookPage = page.url();

  await page.getByRole("button", { name: "Send test" }).click();
  await expect(dialog.getByText("Accepted")).toBeVisible();
  await expect(dialog.getByText("thanks")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toContain("ping");

  const setMaintenance = async (item: "Start maintenance" | "End maintenance") => {
    await page.goto(`${demo.url}/devices/MM004`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await setMaintenance("Start maintenance");
  await expect(page.getByText("In maintenance")).toBeVisible();
  await expect.poll(() => typesAbout("MM004"), { timeout: 20_000 }).toEqual(["device.maintenance_started"]);
  for (const { body, headers } of receiver.received) new Webhook(secret).verify(body, headers as Record<string, string>);

  await page.goto(webhookPage);
  const messages = page.getByRole("list", { name: "Messages" });
  const started = messages.getByRole("listitem").filter({ hasText: "device.maintenance_started" }).filter({ hasText: "MM004" });
  await expect(started.getByText("Delivered")).toBeVisible();

  receiver.isOutOfOrder = true;
  await setMaintenance("End maintenance");
  await expect.poll(() => typesAbout("MM004"), { timeout: 20_000 }).toContain("device.maintenance_ended");
  await page.goto(webhookPage);
  const ended = messages.getByRole("listitem").filter({ hasText: "device.maintenance_ended" }).filter({ hasText: "MM004" });
  await expect(ended.getByText("Waiting")).toBeVisible();
  // It comes again by itself, with the same id.
  const attempts = () => receiver.received.filter(({ body }) => body.includes("device.maintenance_ended"));
  await expect.poll(() => attempts().length, { timeout: 30_000 }).toBeGreaterThan(1);
  expect(new Set(attempts().map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  await ended.getByRole("button").click();
  await expect(dialog.getByText("out of order").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Give up" }).click();
  await expect(dialog.getByText("Dead letter")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();

  receiver.isOutOfOrder = false;
  await page.getByRole("tab", { name: "Dead letters" }).click();
  await page.getByRole("button", { name: "Send all again…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Send again" }).click();
  await page.getByRole("tab", { name: "Delivered" }).click();
  await expect(ended.getByText("Delivered")).toBeVisible();
  new Webhook(secret).verify(attempts().at(-1)!.body, attempts().at(-1)!.headers as Record<string, string>);

  await page.getByRole("button", { name: "More for Herd management" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("Nobody is told yet")).toBeVisible();
  receiver.stop();
});
