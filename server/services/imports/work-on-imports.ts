import type { Database } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import { ImportFileError } from "@/server/domain/imports/file-error";
import { isWorking, WORKING_STATES } from "@/server/domain/imports/vocabulary";
import { AppError } from "@/server/errors";
import { logFor } from "@/server/log";
import { announce } from "@/server/services/feed/announce";
import { withLease } from "@/server/services/leases/with-lease";
import { finishImport, finishReading, finishUndo } from "./finish-import";
import { loadRules } from "./load-rules";
import { forgetRows, LostImport, readBatch, ReadingFile } from "./read-rows";
import { Pace } from "./pace";
import { Rights } from "./rights";
import { takeBack } from "./undo-import";
import { undoBatch } from "./undo-rows";
import { writeInStep } from "./write-in-step";
import { type BatchOptions, Broken } from "./write-rows";

const log = logFor("imports");

/** Longer than a turn can take: each of its transactions is bounded to 30 s. */
const LEASE_SECONDS = 45;
/** Imports take turns, so that a small one does not wait for a large one. */
const TURN_MS = 1_500;
const MOST_AT_ONCE = 10;

interface WorkLimits {
  /** No new turn begins after so long. */
  budgetMs?: number;
  /** No more batches than these; for tests that stop in the middle. */
  batches?: number;
  /** Of every batch, instead of as many as are quick; for tests. */
  rows?: number;
}

/** Rows of a first batch. Removing a device takes longest: much hangs on one. */
const FIRST_ROWS: Record<WorkingState, number> = { reading: 1_000, importing: 1_000, undoing: 500 };

/** What is known from one batch to the next, and may be forgotten at any time. */
interface Memory {
  files: Map<string, ReadingFile>;
  paces: Record<WorkingState, Pace>;
}

/**
 * Goes on with every import that is read, written or undone, a batch at a time, until there is none or time is up. All it
 * knows is in the database: whoever dies in the middle is followed by whoever is called next, and nothing is done twice.
 * @returns how many batches it did; 0 also while another process is at it
 */
export async function workOnImports(db: Database, { budgetMs = Infinity, batches = Infinity, rows }: WorkLimits = {}): Promise<number> {
  const began = performance.now();
  const paceOf = (state: WorkingState) => new Pace(rows ?? FIRST_ROWS[state], { isFixed: rows !== undefined });
  const memory: Memory = {
    files: new Map(),
    paces: {
      reading: paceOf("reading"),
      importing: paceOf("importing"),
      undoing: paceOf("undoing"),
    },
  };
  let done = 0;
  try {
    for (;;) {
      const left = Math.min(budgetMs - (performance.now() - began), TURN_MS);
      if (left <= 0 || done >= batches) return done;
      const turn = { memory, until: performance.now() + left, most: batches - done };
      const worked = await withLease(db, "imports", LEASE_SECONDS, () => takeTurns(db, turn)).catch(unlessBusy);
      if (worked === 0) return done;
      done += worked;
    }
  } finally {
    for (const file of memory.files.values()) await file.close();
  }
}

function unlessBusy(error: unknown): number {
  if (error instanceof AppError && error.code === "conflict") return 0;
  throw error;
}

interface Turn {
  memory: Memory;
  until: number;
  /** Batches at most. */
  most: number;
}

/** One turn for each import that waits, whoever waits longest first. */
async function takeTurns(db: Database, { memory, until, most }: Turn): Promise<number> {
  const jobs = await db.importJob.findMany({
    where: { state: { in: [...WORKING_STATES] } },
    orderBy: { workedAt: "asc" },
    take: MOST_AT_ONCE,
  });
  const share = Math.max(100, (until - performance.now()) / Math.max(1, jobs.length));
  let done = 0;
  for (const { id, ...creator } of jobs) {
    const end = performance.now() + share;
    const rights = await Rights.of(db, creator);
    do {
      if (done >= most || holder.smartDairyImportsRest) return done;
      // Read anew for each step: what somebody decides meanwhile counts.
      const job = await db.importJob.findUnique({ where: { id } });
      if (!job || !isWorking(job.state)) break;
      let batches = 0;
      const mayBegin = () => {
        const may = batches === 0 || (done + batches < most && performance.now() < end && !holder.smartDairyImportsRest);
        if (may) batches++;
        return may;
      };
      const goesOn = await step(db, job, { memory, rights, mayBegin });
      done += Math.max(1, batches);
      if (!goesOn) break;
    } while (performance.now() < end);
  }
  return done;
}

type WorkingState = (typeof WORKING_STATES)[number];

const FINISH = { reading: finishReading, importing: finishImport, undoing: finishUndo } satisfies Record<WorkingState, unknown>;

interface StepOptions {
  memory: Memory;
  rights: Rights;
  /** Asked before each batch; the first always may. */
  mayBegin: () => boolean;
}

/** One batch, or several that are written in step. @returns whether this import can go on at once */
async function step(db: Database, job: ImportJob, { memory, rights, mayBegin }: StepOptions): Promise<boolean> {
  const now = new Date();
  const state = job.state as WorkingState;
  const pace = memory.paces[state];
  const began = performance.now();
  try {
    const batch = { rights, now, most: pace.rows };
    const more = await (state === "reading"
      ? read(db, job, memory.files, batch)
      : state === "importing"
        ? writeInStep(db, job, { rights, now, pace, mayBegin })
        : undoBatch(db, job, batch));
    if (!more) return await FINISH[state](db, job, now);
    if (state !== "importing") pace.heed(performance.now() - began);
    return true;
  } catch (error) {
    await memory.files.get(job.id)?.close();
    memory.files.delete(job.id);
    return recover(db, job, error);
  }
}

async function recover(db: Database, job: ImportJob, error: unknown): Promise<boolean> {
  if (error instanceof LostImport) return false;
  if (error instanceof Broken) {
    await takeBack(db, job.id, error.message);
    return true;
  }
  const isFileGone = (error as NodeJS.ErrnoException).code === "ENOENT";
  if (error instanceof ImportFileError || isFileGone) {
    await fail(db, job, isFileGone ? "The file is no longer there. Choose it again." : error instanceof Error ? error.message : "");
    return false;
  }
  log.error({ err: error, importId: job.id }, "an import could not go on; it is tried again");
  // The others first.
  await db.importJob.updateMany({ where: { id: job.id }, data: { workedAt: new Date() } });
  throw error;
}

async function fail(db: Database, job: ImportJob, failure: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.importJob.updateMany({ where: { id: job.id, state: "reading" }, data: { state: "failed", failure, cursor: 0 } });
    await announce(tx, { topic: "imports", farmIds: job.farmIds, ids: [job.id] });
  });
}

async function read(db: Database, job: ImportJob, files: Map<string, ReadingFile>, { rights, now, most }: BatchOptions): Promise<boolean> {
  if (await forgetRows(db, job)) return true;
  const open = files.get(job.id);
  const isCurrent = open?.position === job.totalRows && open.job.mapping.join() === job.mapping.join();
  if (!isCurrent) await open?.close();
  const file = isCurrent ? open : new ReadingFile(job);
  files.set(job.id, file);
  const rules = await loadRules(db, job, rights, now);
  const more = await readBatch(db, file, { rules, most });
  if (!more) files.delete(job.id);
  return more;
}

interface Holder {
  smartDairyImports?: Promise<unknown>;
  smartDairyImportsWanted?: boolean;
  smartDairyImportsRest?: boolean;
}

// One for the process: Next loads this module apart from what starts the server.
const holder = globalThis as Holder;

/** Begins at once in this process what a scheduled run would begin seconds later. Never throws. */
export function nudgeImports(db: Database): void {
  holder.smartDairyImportsWanted = true;
  holder.smartDairyImports ??= follow(db).finally(() => {
    holder.smartDairyImports = undefined;
  });
}

async function follow(db: Database): Promise<void> {
  while (holder.smartDairyImportsWanted) {
    holder.smartDairyImportsWanted = false;
    await workOnImports(db).catch((error: unknown) => log.warn({ err: error }, "imports wait for their next scheduled run"));
  }
}

/** Lets the batch under way end and begins no other: the process is about to stop, and another will go on at once. */
export async function restImports(): Promise<void> {
  holder.smartDairyImportsRest = true;
  await holder.smartDairyImports;
}
