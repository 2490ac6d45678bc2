interface Times {
  p50: number;
  p95: number;
}

/** Times two ways to the same answer in turn, after one warm-up of each, so that both meet the same machine. */
export async function timesOf(runs: number, ...works: (() => Promise<unknown>)[]): Promise<Times[]> {
  const times: number[][] = works.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [index, work] of works.entries()) {
      const began = performance.now();
      await work();
      if (run >= 0) times[index]?.push(performance.now() - began);
    }
  }
  return times.map((list) => {
    const sorted = list.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
    return { p50: at(0.5), p95: at(0.95) };
  });
}

/** Rows as a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}
