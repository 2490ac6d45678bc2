import { formatCount } from "@/components/patterns/format-count";
import { Card, CardBody } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { IMPORT_VERDICT_LABELS, IMPORT_VERDICTS } from "@/server/domain/imports/vocabulary";
import type { ImportView } from "@/server/services/imports/views";

/** How far the work is; it goes on whoever watches. */
export function WorkCard({ job }: { job: ImportView }) {
  const { label, counts } = wordsOf(job);
  const done = Math.round(job.progress * job.total);
  return (
    <Card>
      <CardBody className="flex flex-col gap-4">
        <Progress label={label} value={job.progress * 100} detail={`${formatCount(done)} of ${formatCount(job.total)} rows`} />
        <dl className="flex flex-wrap gap-x-6 gap-y-2">
          {counts.map(([name, count]) => (
            <div key={name} className="flex items-baseline gap-1.5">
              <dt className="text-sm text-ink-2">{name}</dt>
              <dd className="font-semibold tabular">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
        {job.failure ? <p className="text-critical">{job.failure}</p> : null}
        <p className="text-sm text-ink-2">You may leave this page. The work goes on, and you find it under Earlier imports.</p>
      </CardBody>
    </Card>
  );
}

function wordsOf({ state, failure, verdicts, result, undo }: ImportView): { label: string; counts: [string, number][] } {
  if (state === "reading")
    return {
      label: "Checking every row",
      counts: IMPORT_VERDICTS.map((verdict) => [IMPORT_VERDICT_LABELS[verdict].planned, verdicts[verdict]]),
    };
  if (state === "importing")
    return {
      label: "Importing",
      counts: [
        ["Created", result.created],
        ["Updated", result.updated],
        ["Errors", result.errors],
      ],
    };
  return {
    label: failure ? "Taking back what was written" : "Undoing",
    counts: [
      ["Removed", undo.removed],
      ["Restored", undo.restored],
      ["Left as they are", undo.kept],
    ],
  };
}
