import { test as base, type BrowserContext, expect, type Page } from "@playwright/test";
import { Product } from "./product";

interface Fixtures {
  /** Fails the test on errors that the page writes to its console. */
  consoleErrors: string[];
}

interface WorkerFixtures {
  /** An empty installation. */
  product: Product;
  /** One with sample farms and a living herd. */
  demo: Product;
}

/** What a browser says by itself about answers that a test provokes. */
const EXPECTED =
  /Failed to load resource: the server responded with a status of (400|401|403|404|409|429)|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_INTERNET_DISCONNECTED|Failed to fetch/;

export const test = base.extend<Fixtures, WorkerFixtures>({
  consoleErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !EXPECTED.test(message.text())) errors.push(message.text());
      });
      await use(errors);
      expect(errors, "errors on the page's console").toEqual([]);
    },
    { auto: true },
  ],
  product: [
    async ({}, use) => {
      const product = await Product.start();
      await use(product);
      await product.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  demo: [
    async ({}, use) => {
      // Behind a proxy, so that a test can come from an address of its own where limits by address are not what it is about.
      const product = await Product.start({ demo: true, settings: { WEBHOOK_ALLOW_LOOPBACK: "true", TRUSTED_PROXY: "true" } });
      await use(product);
      await product.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

export { expect };

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Sessions of earlier tests: signing in anew for each would meet the limit on attempts. */
const sessions = new Map<string, Cookies>();

/** Signs in through the form, or goes on with the session of an earlier test if it still holds. */
export async function signIn(page: Page, product: Product, email: string, password: string): Promise<void> {
  const key = `${product.url} ${email}`;
  const known = sessions.get(key);
  if (known) {
    await page.context().addCookies(known);
    await page.goto(`${product.url}/overview`);
    if (new URL(page.url()).pathname === "/overview") return;
  }
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/overview");
  sessions.set(key, await page.context().cookies());
}
