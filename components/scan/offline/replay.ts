import { applyPending } from "./apply-pending";
import type { FieldDatabase, OutboxEntry } from "./field-database";
import { type FieldApi, failureOf } from "./field-api";
import { change, discard } from "./outbox";

/** How a replay ended: nothing more can be sent now, the server is away, or nobody is signed in. */
export type ReplayEnd =
  { sent: number; end: "idle" } | { sent: number; end: "unreachable"; reason: string } | { sent: number; end: "signed_out" };

const LOCK = "smart-dairy-outbox";
let turn: Promise<unknown> = Promise.resolve();

/**
 * Sends what waits, in the order it was done, one at a time over all tabs and the service worker. An entry is removed
 * only after the server's answer; if that is lost, the server knows the id and answers the same again. What is refused
 * or in conflict stays, and holds back what was done later on the same device; other devices go on.
 */
export function replay(db: FieldDatabase, api: FieldApi, ownerId: string): Promise<ReplayEnd> {
  const run = () => sendAll(db, api, ownerId);
  // Without locks (plain http) there is no service worker either, and tabs are rarely two.
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) {
    const mine = turn.then(run, run);
    turn = mine;
    return mine;
  }
  return locks.request(LOCK, run);
}

async function sendAll(db: FieldDatabase, api: FieldApi, ownerId: string): Promise<ReplayEnd> {
  const held = new Set<string>();
  let sent = 0;
  for (let after = 0; ;) {
    // Read one by one: somebody may add, undo or decide meanwhile.
    const [entry] = await db.getAll("outbox", IDBKeyRange.lowerBound(after, true), 1);
    if (!entry) return { sent, end: "idle" };
    after = entry.seq;
    if (entry.ownerId !== ownerId) continue;
    const { deviceId } = entry.action;
    if (entry.state !== "waiting" || held.has(deviceId)) {
      held.add(deviceId);
      continue;
    }
    const failure = await send(db, api, entry);
    if (failure === "sent") sent++;
    else if (failure === "held") held.add(deviceId);
    else return { sent, ...failure };
  }
}

/** What has arrived is how the device is now, also before the server is asked again. */
async function noteEffect(db: FieldDatabase, entry: OutboxEntry): Promise<void> {
  const device = await db.get("devices", entry.action.deviceId);
  if (device) await db.put("devices", applyPending(device, [entry]));
}

async function send(db: FieldDatabase, api: FieldApi, entry: OutboxEntry) {
  try {
    const answer = await api.perform(entry.action);
    if (answer.outcome === "done") {
      await noteEffect(db, entry);
      await discard(db, entry.seq);
      return "sent";
    }
    await change(db, entry.seq, (current) => ({ ...current, state: "conflict", conflict: answer.conflict, reason: null }));
    return "held";
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "signed_out") return { end: "signed_out" as const };
    const state = failure.kind === "refused" ? "failed" : "waiting";
    await change(db, entry.seq, (current) => ({ ...current, state, reason: failure.reason }));
    return failure.kind === "refused" ? "held" : { end: "unreachable" as const, reason: failure.reason };
  }
}
