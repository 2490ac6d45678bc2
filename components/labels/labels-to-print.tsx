"use client";

import { useMutation } from "@tanstack/react-query";
import { FileDown, Printer, Tags } from "lucide-react";
import { useCallback, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { nextStart, placeLabels, type PlacedLabel } from "@/server/domain/labels/place-labels";
import type { LabelSource } from "@/server/domain/labels/schema";
import { MAX_LABELS } from "@/server/domain/labels/vocabulary";
import type { FoundLabels } from "@/server/services/labels/find-labels";
import { type LabelJobView, toJobInput } from "./label-job";
import { LabelNotes } from "./label-notes";
import { useLabelFonts } from "./measure-text";
import { PreviewCard } from "./preview-card";
import { PrintPages } from "./print-pages";
import { saveLabelFile } from "./save-label-file";

interface LabelsToPrintProps {
  source: LabelSource | null;
  found: { data: FoundLabels | undefined; error: ApiError | null; isError: boolean; isFetching: boolean; refetch: () => unknown };
  job: LabelJobView;
  /** Labels went out; the next print begins there. */
  onPrinted: (nextStart: number) => void;
}

/** The labels as they will be, and the ways out: printer, PDF, ZPL. */
export function LabelsToPrint({ source, found, job, onPrinted }: LabelsToPrintProps) {
  if (!source) {
    return (
      <Card>
        <EmptyState
          icon={<Tags />}
          title="Which devices?"
          description="Name them, choose a group, or reserve IDs for devices that are still to come. In the device list, choose devices and then “Print labels”."
        />
      </Card>
    );
  }
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} isRetrying={found.isFetching} />;
  if (!found.data) return <Skeleton className="h-96 rounded-card" />;
  if (found.data.labels.length === 0) {
    const { missing } = found.data;
    return (
      <Card>
        <EmptyState
          icon={<Tags />}
          title="No device matches"
          description={
            missing.length > 0
              ? `${missing.slice(0, 5).join(", ")}: not on the farms where you may print labels.`
              : "There is nothing to print."
          }
        />
      </Card>
    );
  }
  return <Sheets source={source} found={found.data} job={job} onPrinted={onPrinted} />;
}

function Failed({ error, onRetry, isRetrying }: { error: ApiError | null; onRetry: () => void; isRetrying: boolean }) {
  const status = error?.data?.httpStatus ?? 500;
  const isRefused = status >= 400 && status < 500;
  return (
    <Card>
      {isRefused ? (
        <EmptyState icon={<Tags />} title="Nothing to print" description={error?.message} />
      ) : (
        <ErrorState level={2} onRetry={onRetry} retrying={isRetrying} />
      )}
    </Card>
  );
}

function Sheets({
  source,
  found,
  job,
  onPrinted,
}: { source: LabelSource; found: FoundLabels } & Pick<LabelsToPrintProps, "job" | "onPrinted">) {
  const trpc = useTRPC();
  const { labels } = found;
  const count = labels.length * job.copies;
  const pages: PlacedLabel[][] = placeLabels({ ...job, count });
  const areFontsThere = useLabelFonts(labels.map((label) => label.deviceId + label.name + label.farm.name).join(""));
  const [saving, setSaving] = useState<"pdf" | "zpl">();
  const { mutate: record } = useMutation(
    trpc.labels.recordPrint.mutationOptions({ onError: (error) => toast.error(`This print is not in the log: ${error.message}`) }),
  );
  const next = nextStart(job.stock, job.startAt, count);
  const input = JSON.stringify(toJobInput(job, source));
  const notePrint = useCallback(() => {
    record(JSON.parse(input) as ReturnType<typeof toJobInput>);
    onPrinted(next);
    // A new closure with each render would listen anew each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [record, input, next]);
  const save = async (format: "pdf" | "zpl") => {
    setSaving(format);
    try {
      await saveLabelFile({ ...toJobInput(job, source), format });
      onPrinted(next);
    } catch (error) {
      toast.error((error as Error).message);
    }
    setSaving(undefined);
  };
  const isTooMany = found.isTooMany || count > MAX_LABELS;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <LabelNotes found={found} job={job} isReady={areFontsThere} isTooMany={isTooMany} />
      {areFontsThere ? (
        <PreviewCard
          job={job}
          labels={labels}
          pages={pages}
          actions={
            <>
              {job.stock.kind === "roll" ? (
                <Button onClick={() => void save("zpl")} loading={saving === "zpl"} disabled={isTooMany}>
                  <FileDown aria-hidden />
                  Download ZPL
                </Button>
              ) : null}
              <Button onClick={() => void save("pdf")} loading={saving === "pdf"} disabled={isTooMany}>
                <FileDown aria-hidden />
                Download PDF
              </Button>
              <Button variant="primary" onClick={() => window.print()} disabled={isTooMany}>
                <Printer aria-hidden />
                Print
              </Button>
            </>
          }
        />
      ) : (
        <Skeleton className="h-96 rounded-card" />
      )}
      {areFontsThere && !isTooMany ? <PrintPages job={job} labels={labels} pages={pages} onPrint={notePrint} /> : null}
    </div>
  );
}
