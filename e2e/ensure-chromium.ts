import { findChromium, installChromium } from "./chromium";

// Run before the browser suite: finds a Chromium, else installs one, else says what to do.
if (!findChromium() && !installChromium()) {
  console.error(
    "The browser tests need Chromium, and none was found or could be installed.\n" +
      "Install it (Debian: apt-get install chromium; elsewhere: npx playwright install chromium),\n" +
      "or set CHROMIUM_PATH to the program of one you have.",
  );
  process.exit(1);
}
