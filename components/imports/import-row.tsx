"use client";

import { ArrowRight, Pencil } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { changeLabel } from "@/server/domain/imports/change-label";
import { IMPORT_VERDICT_LABELS, UNDO_OUTCOME_LABELS } from "@/server/domain/imports/vocabulary";
import type { ImportRowView } from "@/server/services/imports/list-rows";
import type { ImportView } from "@/server/services/imports/views";
import { UNDO_TONES, VERDICT_TONES } from "./import-facts";
import { MendForm } from "./mend-form";

interface ImportRowProps {
  row: ImportRowView;
  job: ImportView;
  mayMend: boolean;
}

/** One row of the file: what it is about, what becomes of it, and why. */
export function ImportRow({ row, job, mayMend }: ImportRowProps) {
  const [isMending, setMending] = useState(false);
  const isDone = job.committedAt !== null && job.failure === null;
  const fields = row.issues.flatMap(({ field }) => field ?? []);
  const canMend = mayMend && fields.length > 0;
  return (
    <div className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5">
        <span className="w-12 shrink-0 pt-0.5 text-right text-sm text-ink-3 tabular" title={`Line ${row.line} of the file`}>
          {row.row.toLocaleString("en")}
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <p className="flex flex-wrap items-baseline gap-x-2.5">
            <Identity row={row} isThere={isDone && (row.verdict !== "error" || row.deviceId !== null) && row.undo?.outcome !== "removed"} />
            <span className="min-w-0 truncate text-ink-2">{row.cells.name}</span>
          </p>
          <Details row={row} />
        </div>
        <span className="flex flex-wrap items-center justify-end gap-2">
          {row.undo ? <Badge tone={UNDO_TONES[row.undo.outcome]}>{UNDO_OUTCOME_LABELS[row.undo.outcome]}</Badge> : null}
          <Badge tone={VERDICT_TONES[row.verdict]}>{IMPORT_VERDICT_LABELS[row.verdict][isDone ? "done" : "planned"]}</Badge>
          {canMend && !isMending ? (
            <Button size="sm" onClick={() => setMending(true)} aria-label={`Mend row ${row.row}`}>
              <Pencil aria-hidden />
              Mend
            </Button>
          ) : null}
        </span>
      </div>
      {isMending && canMend ? <MendForm row={row} fields={[...new Set(fields)]} job={job} onClose={() => setMending(false)} /> : null}
    </div>
  );
}

function Identity({ row, isThere }: { row: ImportRowView; isThere: boolean }) {
  const id = row.deviceId ?? row.cells.device_id ?? "No ID";
  const classes = "font-mono font-semibold tracking-tight break-all";
  return isThere && row.deviceId && (row.verdict === "create" || row.verdict === "update" || row.verdict === "unchanged") ? (
    <Link href={`/devices/${row.deviceId}`} className={`${classes} hover:text-accent`}>
      {id}
    </Link>
  ) : (
    <span className={classes}>{id}</span>
  );
}

function Details({ row: { issues, changes, reason, undo } }: { row: ImportRowView }) {
  return (
    <>
      {issues.map((issue, index) => (
        <p key={index} className="text-sm break-words">
          {issue.field ? <span className="font-medium">{changeLabel(issue.field)}: </span> : null}
          <span className="text-critical">{issue.reason}.</span> <span className="text-ink-2">{issue.mend}.</span>
        </p>
      ))}
      {changes.map(({ field, before, after }) => (
        <p key={field} className="flex flex-wrap items-baseline gap-x-1.5 text-sm break-words">
          <span className="font-medium">{changeLabel(field)}:</span>
          <del className="min-w-0 break-words text-ink-3">{before ?? "empty"}</del>
          <ArrowRight aria-hidden className="size-3 self-center text-ink-3" />
          <ins className="min-w-0 break-words no-underline">{after ?? "empty"}</ins>
        </p>
      ))}
      {reason ? <p className="text-sm text-ink-2">{reason}</p> : null}
      {undo?.notes.map((note) => (
        <p key={note} className="text-sm text-ink-2">
          {note}
        </p>
      ))}
    </>
  );
}
