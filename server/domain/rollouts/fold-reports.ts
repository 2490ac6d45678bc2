import type { FailureCode, ReportedUpdateState } from "./vocabulary";

/** What a device says of one execution. */
export interface UpdateReport {
  execution: string;
  attempt: number;
  state: ReportedUpdateState;
  /** Percent of the download. */
  progress: number | null;
  code: FailureCode | null;
  error: string | null;
}

const RANK: Record<ReportedUpdateState, number> = {
  downloading: 0,
  downloaded: 1,
  installing: 2,
  verifying: 3,
  completed: 4,
  // An end in failure outranks the claim: a device that says both has not made it.
  failed: 5,
  rolled_back: 5,
};

/** Of many reports of an attempt the furthest, so that a batch in any order has one outcome. */
export function foldReports<Report extends UpdateReport & { deviceId: string }>(reports: readonly Report[]): Report[] {
  const furthest = new Map<string, Report>();
  for (const report of reports) {
    const key = `${report.deviceId} ${report.execution} ${report.attempt}`;
    const known = furthest.get(key);
    if (!known || isFurther(report, known)) furthest.set(key, report);
  }
  return [...furthest.values()];
}

function isFurther(report: UpdateReport, known: UpdateReport): boolean {
  const distance = RANK[report.state] - RANK[known.state];
  return distance > 0 || (distance === 0 && (report.progress ?? 0) > (known.progress ?? 0));
}
