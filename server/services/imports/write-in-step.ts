import type { Database } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import type { Pace } from "./pace";
import { type BatchOptions, writeBatch } from "./write-rows";

/** While the database writes one batch, this process prepares the next. */
const UNDER_WAY = 2;

interface StepOptions extends Omit<BatchOptions, "most"> {
  pace: Pace;
  /** Asked before each batch. */
  mayBegin: () => boolean;
}

/**
 * Writes batch after batch, each in a transaction of its own, and begins one while the one before is still under way: it
 * moves the import on after that, and not at all without it. A database with one session takes them one after the other.
 * @returns whether there was anything to write; false when every row is through
 * @throws what the first to fail throws, when no batch is under way any more
 */
export async function writeInStep(db: Database, job: ImportJob, { pace, mayBegin, ...options }: StepOptions): Promise<boolean> {
  if (job.cursor >= job.totalRows) return false;
  const underWay: Promise<void>[] = [];
  const failures: unknown[] = [];
  let ahead: Signals | undefined;
  let cursor = job.cursor;
  while (cursor < job.totalRows && mayBegin()) {
    if (underWay.length === UNDER_WAY) await underWay.shift();
    await ahead?.begun;
    if (failures.length > 0) break;
    const signals = new Signals();
    const most = pace.rows;
    const company = { onBegun: signals.begin, onMoved: signals.move, mayMove: ahead?.moved };
    const began = performance.now();
    const writing = writeBatch(db, { ...job, cursor }, { ...options, most }, company)
      .then(() => pace.heed(performance.now() - began))
      .catch((error: unknown) => void failures.push(error))
      .finally(signals.end);
    underWay.push(writing);
    ahead = signals;
    cursor += most;
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  return true;
}

/** What a batch lets the one after it know. */
class Signals {
  begin: () => void = () => undefined;
  move: () => void = () => undefined;
  readonly begun = new Promise<void>((resolve) => {
    this.begin = resolve;
  });
  readonly moved = new Promise<void>((resolve) => {
    this.move = resolve;
  });
  readonly end = () => {
    this.begin();
    this.move();
  };
}
