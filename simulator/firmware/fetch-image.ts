import { setTimeout as sleep } from "node:timers/promises";
import { reconnectDelayMs, type BackOff } from "../back-off";
import { Deadline } from "../deadline";
import { retryAfterMs } from "../retry-after";
import type { Random } from "../random";

/** Tries in a row that bring no byte, until the device gives up. */
const MOST_FUTILE_TRIES = 8;
const SILENCE_MS = 60_000;

export type FetchFailure = { code: "network" | "not_found" | "forbidden" | "size"; error: string };

interface FetchOptions {
  url: string;
  sizeBytes: number;
  /** ETag of the file, its hash in quotes. */
  etag: string;
  /** How much is there already. */
  have: () => number;
  /** Takes the next bytes to flash; what it throws ends the fetch, but {@link BrokenOff} ends only this connection. */
  keep: (bytes: Uint8Array) => Promise<void>;
  /** Forgets what is there: the server begins anew. */
  restart: () => void;
  backOff: BackOff;
  random: Random;
  signal: AbortSignal;
}

/**
 * Fetches a firmware file and goes on after every break from where it was (Range, If-Range), with growing, jittered
 * waits that honour `Retry-After`.
 * @returns `undefined` once all bytes are there, or why they never will be
 * @throws what `keep` throws, and the signal's reason
 */
export async function fetchImage(options: FetchOptions): Promise<FetchFailure | undefined> {
  const { sizeBytes, have, backOff, random, signal } = options;
  for (let futile = 0; have() < sizeBytes;) {
    const before = have();
    const outcome = await tryOnce(options);
    signal.throwIfAborted();
    if ("code" in outcome) return outcome;
    if (have() >= sizeBytes) break;
    // Who is told when to come back is not refused.
    futile = have() > before ? 0 : futile + (outcome.waitMs > 0 ? 0 : 1);
    if (futile >= MOST_FUTILE_TRIES) return { code: "network", error: `no byte came in ${futile} tries: ${outcome.trouble}` };
    await sleep(Math.max(outcome.waitMs, reconnectDelayMs(Math.max(0, futile - 1), random, backOff)), undefined, { signal });
  }
  return undefined;
}

type Outcome = FetchFailure | { trouble: string; waitMs: number };

async function tryOnce(options: FetchOptions): Promise<Outcome> {
  const deadline = new Deadline(options.signal, SILENCE_MS);
  let response: Response | undefined;
  try {
    response = await ask(options, deadline.signal);
    return await takeAnswer(options, response, deadline);
  } catch (error) {
    if (error instanceof BrokenOff) return { trouble: error.message, waitMs: 0 };
    throw error;
  } finally {
    deadline.dispose();
    await response?.body?.cancel().catch(() => undefined);
  }
}

async function ask({ url, etag, have }: FetchOptions, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = have() > 0 ? { range: `bytes=${have()}-`, "if-range": etag } : {};
  return fetch(url, { headers, redirect: "error", signal }).catch((error: unknown) => {
    throw new BrokenOff(messageOf(error));
  });
}

async function takeAnswer({ sizeBytes, have, keep, restart }: FetchOptions, response: Response, deadline: Deadline): Promise<Outcome> {
  const refusal = refusalOf(response);
  if (refusal) return refusal;
  if (!response.ok) return { trouble: `status ${response.status}`, waitMs: retryAfterMs(response.headers.get("retry-after")) };
  if (response.status !== 206) restart();
  if (totalOf(response) !== sizeBytes) return { code: "size", error: `the server has ${totalOf(response)} bytes instead of ${sizeBytes}` };
  for await (const chunk of chunksOf(response)) {
    deadline.refresh();
    if (have() + chunk.length > sizeBytes) return { code: "size", error: `more than ${sizeBytes} bytes came` };
    await keep(chunk);
  }
  return { trouble: "the answer ended early", waitMs: 0 };
}

/** The connection is gone; what has arrived is good. */
export class BrokenOff extends Error {
  override readonly name = "BrokenOff";
}

/** A body that breaks off is trouble with the network; what its reader throws is not. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new BrokenOff(messageOf(error));
    });
    if (done) return reader.releaseLock();
    yield value;
  }
}

function refusalOf({ status }: Response): FetchFailure | undefined {
  if (status === 401 || status === 403) return { code: "forbidden", error: `the server refused the link (${status})` };
  if (status === 404 || status === 410) return { code: "not_found", error: `the server does not have the file (${status})` };
  if (status === 416) return { code: "size", error: "the server’s file is shorter than the manifest says" };
  return undefined;
}

/** Length of the whole file by the headers of a 200 or 206. */
function totalOf(response: Response): number {
  if (response.status !== 206) return Number(response.headers.get("content-length"));
  return Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
