import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/chromium";

const DESKTOP = { width: 1440, height: 900 };
const TABLET = { width: 820, height: 1180 };

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // One product at a time: two cores run a database, a broker, a worker, a web server and a browser already.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // A browser on a loaded machine may stumble once; it is reported as flaky. Twice is a fault.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? [["list"]] : [["list"], ["html", { open: "never" }]],
  globalSetup: "./e2e/global-setup.ts",
  use: {
    actionTimeout: 20_000,
    // Recording every test takes as long as the test itself; `npx playwright test --trace on` records one that is looked into.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: DESKTOP } },
    // A project starts its own worker and with it its own demo: what the desktop changed is not there.
    { name: "tablet", grep: /@tablet/, use: { viewport: TABLET, hasTouch: true } },
  ],
});
