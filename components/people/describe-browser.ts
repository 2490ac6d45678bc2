/** A browser in words. Only what people would say of it: versions change too often to tell two apart. */
interface DescribedBrowser {
  /** "Firefox on Windows" */
  name: string;
  device: "phone" | "tablet" | "computer";
}

/** In this order: most browsers claim to be others as well. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/\S+ (?:Mobile\/\S+ )?Safari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPad\b/, "iPad"],
  [/\biPhone\b/, "iPhone"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** No browser says more; patterns need not read what somebody made up. */
const MAX_LENGTH = 500;

/** What a browser says of itself (`User-Agent`) in words. It can say what it likes: a help for the eye, no proof. */
export function describeBrowser(userAgent: string | null): DescribedBrowser {
  const text = (userAgent ?? "").slice(0, MAX_LENGTH);
  const system = SYSTEMS.find(([pattern]) => pattern.test(text))?.[1];
  const browser = BROWSERS.find(([pattern]) => pattern.test(text))?.[1] ?? programOf(text) ?? (system && "A browser");
  const name = browser && system ? `${browser} on ${system}` : (browser ?? "Unknown browser");
  return { name, device: deviceOf(text, system) };
}

/** "curl" of "curl/8.5.0": programs name themselves first, browsers all begin with Mozilla. */
function programOf(text: string): string | undefined {
  const name = /^([\w.-]{1,40})\/[\d.]/.exec(text)?.[1];
  return name === "Mozilla" ? undefined : name;
}

function deviceOf(text: string, system: string | undefined): DescribedBrowser["device"] {
  if (system === "iPhone") return "phone";
  if (system === "iPad") return "tablet";
  if (system === "Android") return /\bMobile\b/.test(text) ? "phone" : "tablet";
  return "computer";
}
