/** Says whether the scanner would open without a network. */
export type ShellState = "keeping" | "kept" | "unsupported" | "failed";

const WORKER = "/scan/worker.js";
const SCOPE = "/scan";

/**
 * Has the service worker keep the page and everything it has loaded. Call it when all code that may be needed is loaded.
 * @returns whether the page would open without a network from now on
 */
export async function keepAppShell(): Promise<ShellState> {
  if (!("serviceWorker" in navigator)) return "unsupported";
  try {
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const { active } = await navigator.serviceWorker.ready;
    if (!active) return "failed";
    const assets = performance
      .getEntriesByType("resource")
      .map((entry) => new URL(entry.name))
      .filter((url) => url.origin === location.origin && url.pathname.startsWith("/_next/static/"))
      .map((url) => url.pathname + url.search);
    return (await ask(active, { type: "keep", assets: [...new Set(assets)] })) ? "kept" : "failed";
  } catch {
    return "failed";
  }
}

function ask(worker: ServiceWorker, message: object): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data === true);
    worker.postMessage(message, [port2]);
  });
}
