import { compareResults, type Check } from "./check";

export type CheckChange = "better" | "worse" | "same" | "new";

export interface ComparedCheck extends Check {
  change: CheckChange;
  /** Value at the time of the previous report. */
  previousValue: string | null;
}

/** Each check of a report beside the same check of an earlier one. */
export function compareChecks(previous: readonly Check[], current: readonly Check[]): ComparedCheck[] {
  const before = new Map(previous.map((check) => [`${check.source} ${check.key}`, check]));
  return current.map((check) => {
    const earlier = before.get(`${check.source} ${check.key}`);
    return { ...check, change: earlier ? changeOf(earlier, check) : "new", previousValue: earlier?.value ?? null };
  });
}

function changeOf(earlier: Check, check: Check): CheckChange {
  const difference = compareResults(check.result, earlier.result);
  if (difference === 0) return "same";
  return difference < 0 ? "better" : "worse";
}
