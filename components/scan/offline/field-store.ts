import { applyPending } from "./apply-pending";
import { keepAppShell, type ShellState } from "./app-shell";
import { draftOf, type RegisterAction } from "./draft-of";
import { type FieldApi, failureOf, fieldApi, type ScannedBy } from "./field-api";
import { FIELD_CHANNEL, fieldDatabase, type FieldDatabase, type FieldPack, type OutboxEntry, readPack } from "./field-database";
import { findInPack, keepDevice, refreshPack } from "./field-pack";
import { enqueue, type NewAction, readOutbox } from "./outbox";
import { replay } from "./replay";
import type { ScannedMatch } from "@/server/services/scan/find-scanned";

export interface FieldSnapshot {
  /** `empty`: no network and nothing was ever taken along. `broken`: the browser keeps nothing. */
  phase: "loading" | "ready" | "empty" | "signed_out" | "broken";
  pack: FieldPack | undefined;
  /** What this person did and has not arrived. */
  outbox: OutboxEntry[];
  /** What others did on the same tablet. */
  othersWaiting: number;
  connection: "online" | "offline" | "signed_out";
  offlineSince: Date | undefined;
  busy: boolean;
  /** Whether the page would open without a network. */
  shell: ShellState;
}

/** What was found, and who says so. */
export interface Found {
  source: "server" | "tablet";
  matches: ScannedMatch[];
  /** In use by somebody whose farms are not ours. */
  taken: boolean;
}

const START: FieldSnapshot = {
  phase: "loading",
  pack: undefined,
  outbox: [],
  othersWaiting: 0,
  connection: "online",
  offlineSince: undefined,
  busy: false,
  shell: "keeping",
};
const FRESH_MS = 5 * 60_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60_000;
const SYNC_TAG = "smart-dairy-outbox";

/** What the scanner knows and what it still has to say, for as long as its page is open. */
export class FieldStore {
  readonly api: FieldApi = fieldApi();
  #snapshot = START;
  readonly #listeners = new Set<() => void>();
  #running: Promise<void> | undefined;
  #again = false;
  #retryMs = FIRST_RETRY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The session's person is known: only then is anything sent. */
  #isViewerKnown = false;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = () => this.#snapshot;
  readonly serverSnapshot = () => START;

  /** @returns how to stop */
  start(): () => void {
    const channel = new BroadcastChannel(FIELD_CHANNEL);
    channel.onmessage = () => void this.#read();
    const wake = () => document.visibilityState === "visible" && void this.sync();
    const lose = () => this.#lost();
    window.addEventListener("online", wake);
    window.addEventListener("offline", lose);
    document.addEventListener("visibilitychange", wake);
    void this.#read().then(() => this.sync());
    return () => {
      channel.close();
      clearTimeout(this.#timer);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", lose);
      document.removeEventListener("visibilitychange", wake);
    };
  }

  database(): Promise<FieldDatabase> {
    return fieldDatabase();
  }

  /** Writes an action down and sends it when it can be sent. @throws Error in words for people */
  async act(action: NewAction): Promise<OutboxEntry> {
    const ownerId = this.#snapshot.pack?.viewer.userId;
    if (!ownerId) throw new Error("Wait until the scanner is ready.");
    const entry = await enqueue(await fieldDatabase(), ownerId, action);
    await this.#read();
    void this.sync();
    void askForBackgroundSync();
    return entry;
  }

  /** Registers a device, and knows it from now on; the server's word replaces ours when it comes. */
  async register(deviceId: string, device: RegisterAction["device"]): Promise<void> {
    const db = await fieldDatabase();
    if (await db.getKey("devices", deviceId)) throw new Error(`${deviceId} is registered already.`);
    await this.act({ kind: "register", deviceId, device });
    await keepDevice(db, draftOf(deviceId, device));
  }

  /** What the tablet knows at once; ask the server too when it can be reached. */
  async findHere(by: ScannedBy): Promise<Found> {
    const { pack, outbox } = this.#snapshot;
    const devices = pack ? await findInPack(await fieldDatabase(), by) : [];
    const matches = devices.flatMap((kept) => {
      const device = applyPending(kept, outbox);
      const farm = pack?.farms.find((candidate) => candidate.id === device.farmId);
      return farm ? [{ device, farm, may: farm.may }] : [];
    });
    return { source: "tablet", matches, taken: false };
  }

  /** @returns `undefined` when the server cannot be reached */
  async findThere(by: ScannedBy): Promise<Found | undefined> {
    if (!navigator.onLine) return undefined;
    try {
      const scanned = await this.api.find(by);
      this.#set({ connection: "online", offlineSince: undefined });
      const db = await fieldDatabase();
      for (const { device } of scanned.matches) if (device.lifecycle !== "decommissioned") await keepDevice(db, device);
      return { source: "server", ...scanned };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === "refused") throw new Error(failure.reason, { cause: error });
      if (failure.kind === "signed_out") this.#set({ connection: "signed_out" });
      else this.#lost();
      return undefined;
    }
  }

  /** Sends what waits and takes along what is new; one run at a time, and once more when asked meanwhile. */
  sync(options: { force?: boolean; farmId?: string | null } = {}): Promise<void> {
    if (this.#running && !options.force) {
      this.#again = true;
      return this.#running;
    }
    this.#running = (this.#running ?? Promise.resolve())
      .then(() => this.#syncOnce(options))
      .finally(() => {
        this.#running = undefined;
        if (this.#again) void this.sync();
        this.#again = false;
      });
    return this.#running;
  }

  /** All code is loaded: from now on the page opens without a network, where the browser can. */
  async keepShell(): Promise<void> {
    this.#set({ shell: await keepAppShell() });
  }

  async #syncOnce({ force, farmId }: { force?: boolean; farmId?: string | null }): Promise<void> {
    clearTimeout(this.#timer);
    this.#set({ busy: true });
    try {
      const db = await fieldDatabase();
      const wanted = farmId === undefined ? (this.#snapshot.pack?.farmId ?? null) : farmId;
      // Who is signed in comes first: nobody sends what another person did.
      if (!this.#isViewerKnown) await refreshPack(db, this.api, wanted);
      this.#isViewerKnown = true;
      await this.#read();
      const ownerId = this.#snapshot.pack?.viewer.userId ?? "";
      const result = await replay(db, this.api, ownerId);
      if (result.end === "unreachable") return this.#lost();
      if (result.end === "signed_out") return this.#signedOut();
      const age = Date.now() - (this.#snapshot.pack?.at.getTime() ?? 0);
      if (force || result.sent > 0 || age > FRESH_MS) await refreshPack(db, this.api, wanted);
      this.#retryMs = FIRST_RETRY_MS;
      this.#set({ connection: "online", offlineSince: undefined });
    } catch (error) {
      if (failureOf(error).kind === "signed_out") this.#signedOut();
      else this.#lost();
    } finally {
      await this.#read();
      this.#set({ busy: false });
    }
  }

  #signedOut(): void {
    this.#isViewerKnown = false;
    this.#set({ connection: "signed_out", phase: this.#snapshot.pack ? "ready" : "signed_out" });
  }

  #lost(): void {
    const { connection, offlineSince, pack, phase } = this.#snapshot;
    this.#set({
      connection: "offline",
      offlineSince: connection === "offline" ? offlineSince : new Date(),
      phase: pack || phase === "broken" ? phase : "empty",
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.sync(), this.#retryMs);
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
  }

  async #read(): Promise<void> {
    try {
      const db = await fieldDatabase();
      const [pack, all] = await Promise.all([readPack(db), readOutbox(db)]);
      const outbox = all.filter((entry) => entry.ownerId === pack?.viewer.userId);
      // What was there and is gone, a sign-out in another tab has wiped.
      const wiped = this.#snapshot.phase === "ready" && !pack;
      const phase = pack ? "ready" : wiped ? "signed_out" : this.#snapshot.phase;
      this.#set({ pack, outbox, othersWaiting: all.length - outbox.length, phase });
    } catch {
      this.#set({ phase: "broken" });
    }
  }

  #set(change: Partial<FieldSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Background Sync, which TypeScript's library does not know. */
interface SyncRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Where the browser has it, the outbox is sent also after the page was closed. */
async function askForBackgroundSync(): Promise<void> {
  try {
    const registration: (ServiceWorkerRegistration & SyncRegistration) | undefined =
      await navigator.serviceWorker?.getRegistration("/scan");
    await registration?.sync?.register(SYNC_TAG);
  } catch {
    // Not granted: it is sent when the page is open.
  }
}
