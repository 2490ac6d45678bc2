import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { matchColumns } from "@/server/domain/imports/match-columns";
import { listDevices } from "@/server/services/devices/list/list-devices";
import { checkImport } from "@/server/services/imports/check-import";
import { commitImport } from "@/server/services/imports/commit-import";
import { receiveFile } from "@/server/services/imports/receive-file";
import { workOnImports } from "@/server/services/imports/work-on-imports";
import type { ImportDesk } from "./imports";

const ROWS_A_PIECE = 1_000;
const ASK_MS = 50;
/** Memory is looked at in between. */
const TURN_MS = 1_000;

/** A file of so many new devices, as it comes over the network. */
export async function* fleetFile(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from("device_id,name,device_type,manufacturer,model,serial_number,mac_address,location\n");
  for (let from = 0; from < rows; from += ROWS_A_PIECE) {
    const lines = Array.from({ length: Math.min(ROWS_A_PIECE, rows - from) }, (_, index) => lineOf(from + index));
    yield await Promise.resolve(Buffer.from(`${lines.join("\n")}\n`));
  }
}

function lineOf(index: number): string {
  const hex = index.toString(16).toUpperCase().padStart(6, "0");
  const mac = `02:00:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
  return `QA${String(index).padStart(6, "0")},Stall ${index},milk_meter,DeLaval,MM27,SN-${index},${mac},"Barn ${index % 12}, place ${index % 60}"`;
}

export interface ImportLoad {
  created: number;
  /** What one process held at most above what it held before, after the collector had its way. Megabytes. */
  heldMb: number;
  /** How long other requests took meanwhile, by percentile, in milliseconds. */
  othersMs: { p50: number; p95: number; count: number };
  /** The longest the process was deaf. Milliseconds. */
  longestPauseMs: number;
}

/** Imports a fleet while somebody else looks at the list of devices, and says what that was like. */
export async function loadImport(desk: ImportDesk, farmId: string, rows: number): Promise<ImportLoad> {
  const collect = collector();
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const before = held();
  let peak = before;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const others: number[] = [];
  const state = { done: false };
  const asking = askMeanwhile(desk, others, state);
  try {
    const { id, header } = await receiveFile({ ctx: desk.ctx, input: { fileName: "fleet.csv" }, chunks: fleetFile(rows) });
    await checkImport({ ctx: desk.ctx, input: { id, mapping: matchColumns(header), defaultFarmId: farmId, issueCredentials: true } });
    while ((await workOnImports(desk.db, { budgetMs: TURN_MS })) > 0) peak = Math.max(peak, held());
    const { previewHash } = await desk.get(id);
    await commitImport({ ctx: desk.ctx, input: { id, previewHash } });
    while ((await workOnImports(desk.db, { budgetMs: TURN_MS })) > 0) peak = Math.max(peak, held());
    const sorted = others.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    return {
      created: (await desk.get(id)).result.created,
      heldMb: Math.round(peak - before),
      othersMs: { p50: at(0.5), p95: at(0.95), count: sorted.length },
      longestPauseMs: Math.round(delay.max / 1e6),
    };
  } finally {
    state.done = true;
    await asking;
    delay.disable();
  }
}

async function askMeanwhile(desk: ImportDesk, times: number[], state: { done: boolean }): Promise<void> {
  while (!state.done) {
    const began = performance.now();
    await listDevices({ ctx: desk.ctx, input: { pageSize: 50 } });
    times.push(performance.now() - began);
    await sleep(ASK_MS);
  }
}

function collector(): () => void {
  v8.setFlagsFromString("--expose-gc");
  return vm.runInNewContext("gc") as () => void;
}
