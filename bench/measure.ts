import pg from "pg";

interface Times {
  p50: number;
  p95: number;
}

type Work = () => Promise<unknown>;

/** Times our way and the bare way to the same answer in turn, after one warm-up of each, so that both meet the same machine. */
export async function timesOf(runs: number, ours: Work, theirs: Work): Promise<{ ours: Times; theirs: Times }> {
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  await ours();
  await theirs();
  for (let run = 0; run < runs; run++) {
    times.ours.push(await timeOf(ours));
    times.theirs.push(await timeOf(theirs));
  }
  return { ours: summaryOf(times.ours), theirs: summaryOf(times.theirs) };
}

/** Milliseconds. */
export async function timeOf(work: Work): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function summaryOf(times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Rows as a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** Counts the statements that the driver sends from now on, transaction control included. */
export function countSent(): () => number {
  let sent = 0;
  const query = Reflect.get(pg.Client.prototype, "query") as (...args: unknown[]) => unknown;
  Reflect.set(pg.Client.prototype, "query", function (this: pg.Client, ...args: unknown[]) {
    sent++;
    return Reflect.apply(query, this, args);
  });
  return () => sent;
}
