"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { formatDuration } from "@/components/patterns/format-relative-time";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { JOB_FACTS, type JobName } from "@/server/domain/system/jobs";
import type { JobView } from "@/server/services/system/read-jobs";
import { describeCounts, formatMs, JOB_STATES } from "./system-facts";

/** The scheduled jobs: how each stands, what it did last, how it went lately. */
export function JobsCard({ jobs }: { jobs: readonly JobView[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<JobName>();
  const run = useMutation(trpc.system.runJob.mutationOptions());
  return (
    <Card>
      <CardHeader title="Jobs" description="Called by the worker’s clock, or by a scheduler of yours." divided />
      <ul aria-label="Jobs" className="divide-y">
        {jobs.map((job) => (
          <Job key={job.name} job={job} onRun={() => setAsked(job.name)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title={asked ? `Run ${JOB_FACTS[asked].label.toLowerCase()} now?` : ""}
        consequence={asked ? `${JOB_FACTS[asked].about} It does now what it would do at its next turn, once; the clock goes on.` : ""}
        confirmLabel="Run now"
        tone="plain"
        onConfirm={async () => {
          if (!asked) return;
          try {
            const counts = await run.mutateAsync({ job: asked });
            toast.success(`${JOB_FACTS[asked].label}: ${describeCounts(counts) ?? "nothing to do"}`);
          } finally {
            await queries.invalidateQueries({ queryKey: trpc.system.get.queryKey() });
          }
        }}
        describeFailure={(error) => (error as ApiError).message}
      />
    </Card>
  );
}

function Job({ job, onRun }: { job: JobView; onRun: () => void }) {
  const { label, about, everySeconds, outOfTurn } = JOB_FACTS[job.name];
  const state = JOB_STATES[job.state];
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-x-4 gap-y-1.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_7rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold">{label}</span>
          <Badge tone={state.tone}>{state.label}</Badge>
        </p>
        <p className="text-sm text-ink-2">
          Every {formatDuration(everySeconds * 1_000)}. {about}
        </p>
      </div>
      <div className="text-sm tabular max-lg:order-last max-lg:col-span-2">
        <LastRun job={job} />
        <p className="text-ink-2">
          24 hours: {amountOf(job.day.runs, "run")},{" "}
          {job.day.failures === 0 ? "none failed" : <span className="text-critical">{formatCount(job.day.failures)} failed</span>}
          {job.day.longestMs === null ? null : `, the longest ${formatMs(job.day.longestMs)}`}
        </p>
        {job.lastFailedAt && !job.error ? (
          <p className="break-words text-ink-3">
            Last failed <RelativeTime at={job.lastFailedAt} suffix=" ago" />: {job.lastFailure}
          </p>
        ) : null}
      </div>
      {outOfTurn === true ? (
        <Button size="sm" onClick={onRun} aria-label={`Run ${label.toLowerCase()} now`} className="justify-self-end">
          <Play aria-hidden />
          Run now
        </Button>
      ) : (
        <span className="text-right text-sm text-ink-3">By the clock only</span>
      )}
    </li>
  );
}

function LastRun({ job }: { job: JobView }) {
  if (!job.startedAt)
    return (
      <p className="text-ink-2">
        It has not run yet
        {job.state === "late" || !job.nextAt ? (
          ". Does the worker run?"
        ) : (
          <>
            , first <RelativeTime at={job.nextAt} due="now" />
          </>
        )}
      </p>
    );
  return (
    <>
      <p>
        Last run <RelativeTime at={job.startedAt} suffix=" ago" />
        {job.durationMs === null ? null : `, took ${formatMs(job.durationMs)}`}
        {job.state === "late" ? (
          <span className="text-critical">. Nobody has called it since: does the worker run?</span>
        ) : (
          <span className="text-ink-2">
            , next <RelativeTime at={job.nextAt} due="now" />
          </span>
        )}
      </p>
      {job.error ? (
        <p className="break-words text-critical">{job.error}</p>
      ) : job.state === "cut_off" ? (
        <p className="text-warning">It began and did not end: its process was stopped.</p>
      ) : job.durationMs === null ? null : (
        <p className="text-ink-2">{describeCounts(job.counts) ?? "Nothing to do"}</p>
      )}
    </>
  );
}
