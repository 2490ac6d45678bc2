"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Tags, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { labelsOf } from "@/components/labels/labels-href";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { StatCard } from "@/components/patterns/stat-card";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { Tone } from "@/components/ui/tone";
import type { ImportView } from "@/server/services/imports/views";
import type { UndoOutlook } from "@/server/services/imports/undo-import";
import { CredentialsCallout } from "./credentials-callout";
import { ImportRows } from "./import-rows";

/** What became of an import, and the way back. */
export function EndedImport({ job }: { job: ImportView }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      {job.failure ? (
        <Callout
          tone="critical"
          title="Nothing of this file is imported"
          action={<Button render={<Link href="/devices/import">Choose a file</Link>} />}
        >
          {job.failure}
        </Callout>
      ) : null}
      {job.state === "undone" ? (
        <Callout tone={job.undo.kept > 0 ? "warning" : "info"} title="This import was undone">
          {undoneOf(job)}
        </Callout>
      ) : null}
      {job.state === "done" ? <CredentialsCallout job={job} /> : null}
      {job.failure ? null : <Figures job={job} />}
      {job.state === "done" && job.result.created + job.result.updated > 0 ? (
        <div className="flex flex-wrap justify-end gap-2">
          {job.result.created > 0 ? (
            <Button render={<Link href={labelsOf("import", job.id)} />}>
              <Tags aria-hidden />
              Print labels
            </Button>
          ) : null}
          <Button onClick={() => setAsking(true)}>
            <Undo2 aria-hidden />
            Undo this import…
          </Button>
        </div>
      ) : null}
      {job.mapping.length > 0 ? <ImportRows job={job} /> : null}
      <UndoDialog job={job} open={isAsking} onOpenChange={setAsking} />
    </div>
  );
}

function Figures({ job: { total, result } }: { job: ImportView }) {
  const figures: [string, number, Tone?][] = [
    ["Rows", total],
    ["Created", result.created],
    ["Updated", result.updated],
    ["Unchanged", result.unchanged],
    ["Left out", result.skipped],
    ["Errors", result.errors, result.errors > 0 ? "critical" : undefined],
  ];
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      {figures.map(([label, value, tone]) => (
        <StatCard key={label} label={label} value={formatCount(value)} tone={tone} />
      ))}
    </div>
  );
}

function undoneOf({ undo }: ImportView): string {
  const parts = [`${amountOf(undo.removed, "device")} removed`, `${amountOf(undo.restored, "device")} as before`];
  return `${parts.join(", ")}${undo.kept > 0 ? `, ${formatCount(undo.kept)} left as they are or restored in part; the list says why` : ""}.`;
}

function UndoDialog({ job, open, onOpenChange }: { job: ImportView; open: boolean; onOpenChange: (open: boolean) => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const outlook = useQuery(trpc.imports.undoOutlook.queryOptions({ id: job.id }, { enabled: open, staleTime: 0 }));
  const undo = useMutation(
    trpc.imports.undo.mutationOptions({ onSuccess: (view) => queries.setQueryData(trpc.imports.get.queryKey({ id: job.id }), view) }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Undo the import of ${job.fileName}?`}
      consequence={outlook.data ? consequenceOf(outlook.data) : "Looking at what would happen…"}
      confirmLabel="Undo import"
      onConfirm={async () => {
        await undo.mutateAsync({ id: job.id });
      }}
      describeFailure={(error) => (error as ApiError).message}
    />
  );
}

function consequenceOf({ removable, staying, updated }: UndoOutlook): string {
  return [
    removable > 0
      ? `${amountOf(removable, "device")} that it registered and that never connected ${removable === 1 ? "is" : "are"} removed, with ${removable === 1 ? "its" : "their"} passwords.`
      : "",
    staying > 0
      ? `${amountOf(staying, "device")} ${staying === 1 ? "has" : "have"} connected since and ${staying === 1 ? "stays" : "stay"}.`
      : "",
    updated > 0
      ? `In ${amountOf(updated, "changed device")} the former values come back, except where somebody has changed them since.`
      : "",
    "This cannot be undone in turn.",
  ]
    .filter(Boolean)
    .join(" ");
}
