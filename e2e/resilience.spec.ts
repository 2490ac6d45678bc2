import { execFileSync } from "node:child_process";
import type { APIRequestContext } from "@playwright/test";
import { connectAsync } from "mqtt";
import { Product } from "./product";
import { expect, test } from "./test";

const ADMIN = { name: "Farm manager", email: "manager@farm.example", password: "three brown cows" };
const CHILDREN = ["broker", "worker", "web", "database"] as const;

let product: Product;

test.beforeAll(async () => {
  product = await Product.start();
});
test.afterAll(() => product.remove());

/** Calls the product's API as its pages do. */
async function call<T>(request: APIRequestContext, path: string, input: unknown, method: "GET" | "POST" = "POST"): Promise<T> {
  const url = `${product.url}/api/trpc/${path}`;
  const body = { json: input };
  const response =
    method === "POST"
      ? await request.post(url, { data: body })
      : await request.get(`${url}?input=${encodeURIComponent(JSON.stringify(body))}`);
  expect(response.status(), await response.text()).toBe(200);
  return ((await response.json()) as { result: { data: { json: T } } }).result.data.json;
}

function pidOf(child: string): number {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(product.pid)], { encoding: "utf8" }).split("\n");
  return Number(
    lines
      .find((line) => line.includes(`server/processes/${child}.ts`))
      ?.trim()
      .split(" ")[0],
  );
}

async function isReady(request: APIRequestContext): Promise<boolean> {
  return request.get(`${product.url}/api/readyz`).then(
    (response) => response.ok(),
    () => false,
  );
}

test("kill -9 of each child in turn: back without help, and nothing acknowledged is lost", async ({ request }) => {
  test.setTimeout(240_000);
  await call(request, "people.setUp", { ...ADMIN, setupCode: product.setupCode, farm: { code: "NORD", name: "Nordhof", timeZone: "UTC" } });
  const signIn = await request.post(`${product.url}/api/auth/sign-in/email`, { data: ADMIN, headers: { origin: product.url } });
  expect(signIn.ok()).toBe(true);
  const [farm] = await call<{ id: string }[]>(request, "farms.list", null, "GET");
  const requestKey = "k".repeat(43);
  const { mqtt } = await call<{ mqtt: { username: string; password: string } }>(request, "devices.provision", {
    type: "milk_meter",
    name: "Stall 1",
    deviceId: "MM001",
    farmId: farm?.id,
    requestKey,
  });

  const device = await connectAsync(product.mqttUrl, { ...mqtt, clientId: "MM001", reconnectPeriod: 300, reconnectOnConnackError: true });
  device.on("error", () => undefined);
  let acknowledged = 0;
  let stopped = false;
  const publishing = (async () => {
    for (let seq = 1; !stopped; seq++) {
      await device.publishAsync("smartdairy/MM001/status", JSON.stringify({ bootId: "boot", seq, batteryLevel: seq % 100 }), { qos: 1 });
      acknowledged += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();

  for (const child of CHILDREN) {
    const killed = pidOf(child);
    process.kill(killed, "SIGKILL");
    await expect.poll(() => pidOf(child), { message: `${child} is started again`, timeout: 30_000 }).not.toBe(killed);
    await expect.poll(() => isReady(request), { message: `ready after ${child} died`, timeout: 40_000 }).toBe(true);
    const before = acknowledged;
    await expect.poll(() => acknowledged, { message: `messages flow after ${child} died`, timeout: 40_000 }).toBeGreaterThan(before + 20);
    const stored = await call<{ messageCount: number; lifecycle: string }>(request, "devices.get", { deviceId: "MM001" }, "GET");
    expect(stored.messageCount, `after ${child} died`).toBeGreaterThanOrEqual(before);
  }
  stopped = true;
  await publishing;
  const stored = await call<{ messageCount: number }>(request, "devices.get", { deviceId: "MM001" }, "GET");
  expect(stored.messageCount).toBeGreaterThanOrEqual(acknowledged);
  await device.endAsync();
});
