import { fieldApi } from "../offline/field-api";
import { fieldDatabase, readPack } from "../offline/field-database";
import { replay } from "../offline/replay";

// The scanner's service worker: opens the page without a network, and sends what waits after the page was closed. It
// rules over /scan only, keeps no answer of the server but the page itself, and nothing of any person.

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerScope {
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(
    type: "fetch",
    listener: (event: ExtendableEvent & { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(type: "message", listener: (event: ExtendableEvent & MessageEvent<unknown>) => void): void;
  addEventListener(type: "sync", listener: (event: ExtendableEvent & { tag: string }) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}
const worker = self as unknown as WorkerScope;

const CACHE = "smart-dairy-scan";
const PAGE = "/scan";
const ASSETS = "/_next/static/";
/** A barn's network that is there and does not answer is none. */
const PATIENCE_MS = 4_000;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(request));
  else if (url.pathname.startsWith(ASSETS)) event.respondWith(asset(request));
});

worker.addEventListener("message", (event) => {
  const { type, assets } = event.data as { type: string; assets: string[] };
  if (type !== "keep") return;
  const kept = keep(assets).then(
    () => true,
    () => false,
  );
  event.waitUntil(kept.then((answer) => event.ports[0]?.postMessage(answer)));
});

worker.addEventListener("sync", (event) => event.waitUntil(sendOutbox()));

/** From the network; as it was kept when that is away, slow, or the server is in trouble. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match(PAGE);
  const fresh = fetch(request);
  if (!kept) return fresh;
  // Only the first word is waited for: a page that has begun to arrive may take its time.
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fresh, late]).catch(() => undefined);
  fresh.catch(() => undefined);
  return answer && answer.status < 500 ? answer : kept;
}

/** Their names change with their content: what is kept is right. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Keeps the page with everything it names and everything it has loaded; forgets what neither needs any more. */
async function keep(loaded: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(`The page answered ${answer.status}`);
  const html = await answer.clone().text();
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\\s)<>]+/g)].map(([path]) => path.replaceAll("&amp;", "&"));
  const wanted = new Set([...named, ...loaded]);
  const present = new Set((await cache.keys()).map((request) => pathOf(request)));
  await Promise.all([...wanted].filter((path) => !present.has(path)).map((path) => cache.add(path)));
  await cache.put(PAGE, answer);
  // A page of a newer build than the one that asked: what it loads later is not known yet, so nothing is thrown away.
  if (!named.every((path) => !path.endsWith(".js") || loaded.includes(path))) return;
  const stale = [...present].filter((path) => path !== PAGE && !wanted.has(path));
  await Promise.all(stale.map((path) => cache.delete(path)));
}

function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

/** @throws when it could not be sent, so that the browser tries again later */
async function sendOutbox(): Promise<void> {
  const db = await fieldDatabase();
  const pack = await readPack(db);
  if (!pack) return;
  const result = await replay(db, fieldApi(), pack.viewer.userId);
  if (result.end === "unreachable") throw new Error(result.reason);
}
