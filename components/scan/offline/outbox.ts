import type { FieldActionInput } from "@/server/domain/scan/action";
import { type FieldConflict, canInsist } from "@/server/domain/scan/conflict";
import { announceField, type FieldDatabase, type OutboxEntry } from "./field-database";

/** Without a network for longer than this holds, somebody has to find one. */
export const MAX_WAITING = 1_000;
const MAX_WAITING_PHOTOS = 40;

type Distribute<T> = T extends unknown ? Omit<T, "id" | "ownerId" | "doneAt"> : never;
/** An action as a screen states it; who, when and the id come with the outbox. */
export type NewAction = Distribute<FieldActionInput>;

/**
 * Writes down what was done, before anything is sent: it survives a reload and an empty battery.
 * @throws Error in words for people when too much waits already
 */
export async function enqueue(db: FieldDatabase, ownerId: string, action: NewAction): Promise<OutboxEntry> {
  const transaction = db.transaction("outbox", "readwrite");
  const waiting = await transaction.store.getAll();
  const photos = waiting.filter((entry) => entry.action.kind === "add_photo").length;
  if (waiting.length >= MAX_WAITING) throw new Error(`${MAX_WAITING} changes wait already. Find a network and let them be sent first.`);
  if (action.kind === "add_photo" && photos >= MAX_WAITING_PHOTOS)
    throw new Error(`${MAX_WAITING_PHOTOS} pictures wait already. Find a network and let them be sent first.`);
  const now = new Date();
  const id = newActionId();
  const entry = {
    id,
    ownerId,
    action: { ...action, id, ownerId, doneAt: now.toISOString() } as FieldActionInput,
    queuedAt: now,
    state: "waiting" as const,
    reason: null,
    conflict: null,
  };
  // The database numbers them.
  const seq = await transaction.store.add(entry as OutboxEntry);
  await transaction.done;
  announceField();
  return { ...entry, seq };
}

export function readOutbox(db: FieldDatabase): Promise<OutboxEntry[]> {
  return db.getAll("outbox");
}

/** Gives up what was done, because it was refused, theirs was chosen, or it was undone before it was sent. */
export async function discard(db: FieldDatabase, seq: number): Promise<void> {
  await db.delete("outbox", seq);
  announceField();
}

/** @returns whether it was still here: what has been sent cannot be taken back this way */
export async function takeBack(db: FieldDatabase, id: string): Promise<boolean> {
  const transaction = db.transaction("outbox", "readwrite");
  const entry = (await transaction.store.getAll()).find((candidate) => candidate.id === id);
  if (entry) await transaction.store.delete(entry.seq);
  await transaction.done;
  if (entry) announceField();
  return entry !== undefined;
}

/** Tries a refused one again as it is. */
export async function retry(db: FieldDatabase, seq: number): Promise<void> {
  await change(db, seq, (entry) => ({ ...entry, state: "waiting", reason: null }));
}

/** Ours was chosen: it is a new act, based on what they made of it, in the old one's place. */
export async function insist(db: FieldDatabase, seq: number): Promise<void> {
  await change(db, seq, (entry) => {
    if (!entry.conflict || !canInsist(entry.conflict)) return entry;
    const id = newActionId();
    return { ...entry, id, action: rebased({ ...entry.action, id }, entry.conflict), state: "waiting", conflict: null, reason: null };
  });
}

function rebased(action: FieldActionInput, conflict: FieldConflict): FieldActionInput {
  if (action.kind === "set_location" && conflict.about === "location") return { ...action, base: conflict.theirs };
  if (action.kind === "complete_work" && conflict.about === "work") return { ...action, base: conflict.version };
  return action;
}

/** Loses to whoever removed it meanwhile. */
export async function change(db: FieldDatabase, seq: number, to: (entry: OutboxEntry) => OutboxEntry): Promise<void> {
  const transaction = db.transaction("outbox", "readwrite");
  const entry = await transaction.store.get(seq);
  if (entry) await transaction.store.put(to(entry));
  await transaction.done;
  announceField();
}

/** A random UUID; randomUUID is missing on plain http. */
function newActionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
