import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ChoiceRow } from "@/components/patterns/choice-row";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { pageOf, type PlacedLabel } from "@/server/domain/labels/place-labels";
import { sizeText } from "@/server/domain/labels/stock";
import type { LabelView } from "@/server/services/labels/views";
import type { LabelJobView } from "./label-job";
import { LabelPage } from "./label-page";

const SCALES = [
  { value: "true", label: "True size" },
  { value: "fit", label: "Whole page" },
] as const;
type Scale = (typeof SCALES)[number]["value"];
/** CSS pixels from which a sheet of paper has room beside the settings. */
const WIDE_ENOUGH = 1280;
const RULER_MM = 50;

interface PreviewCardProps {
  job: LabelJobView;
  labels: readonly LabelView[];
  pages: readonly PlacedLabel[][];
  actions: ReactNode;
}

/** One page as it will be, at its true size, with a bar to check that against a ruler. */
export function PreviewCard({ job, labels, pages, actions }: PreviewCardProps) {
  const [wantedPage, setPage] = useState(0);
  const isRoll = job.stock.kind === "roll";
  const [scale, setScale] = useState<Scale>(() => (isRoll || window.innerWidth >= WIDE_ENOUGH ? "true" : "fit"));
  const page = Math.min(wantedPage, pages.length - 1);
  const noun = isRoll ? "Label" : "Sheet";
  return (
    <Card>
      <CardHeader
        title={`${noun} ${(page + 1).toLocaleString("en")} of ${pages.length.toLocaleString("en")}`}
        titleId="labels-preview"
        description={`${(labels.length * job.copies).toLocaleString("en")} labels, ${sizeText(job.stock)}`}
        divided
        aside={<span className="flex flex-wrap gap-2">{actions}</span>}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2">
        <ChoiceRow label="Scale" options={SCALES} value={scale} onChange={setScale} />
        {pages.length > 1 ? (
          <span className="flex items-center gap-2">
            <Button size="icon-sm" aria-label={`Previous ${noun.toLowerCase()}`} disabled={page === 0} onClick={() => setPage(page - 1)}>
              <ChevronLeft aria-hidden />
            </Button>
            <Button
              size="icon-sm"
              aria-label={`Next ${noun.toLowerCase()}`}
              disabled={page >= pages.length - 1}
              onClick={() => setPage(page + 1)}
            >
              <ChevronRight aria-hidden />
            </Button>
          </span>
        ) : null}
      </div>
      <div
        role="region"
        aria-labelledby="labels-preview"
        tabIndex={0}
        className="flex max-h-[80dvh] justify-center-safe overflow-auto overscroll-x-contain bg-sunken p-3"
      >
        <LabelPage
          job={job}
          labels={labels}
          placed={pages[page] ?? []}
          edges={job.outlines ? "printed" : "screen"}
          className={cn("shrink-0 shadow-float", scale === "fit" && "h-auto max-h-[72dvh] max-w-full shrink")}
        />
      </div>
      {scale === "true" ? <Ruler isPage={!isRoll} widthMm={pageOf(job.stock).widthMm} /> : null}
    </Card>
  );
}

/** Screens do not know how large their pixels are: people check it. */
function Ruler({ isPage, widthMm }: { isPage: boolean; widthMm: number }) {
  const lengthMm = Math.min(RULER_MM, Math.floor(widthMm / 10) * 10);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-3 text-sm text-ink-2">
      <span aria-hidden className="h-2.5 shrink-0 border-x-2 border-b-2 border-ink-2" style={{ width: `${lengthMm}mm` }} />
      <span className="min-w-0 flex-1 basis-60">
        {lengthMm} mm. Hold a ruler to it: when it is longer or shorter, so is {isPage ? "the sheet" : "the label"} on this screen. Paper is
        not affected.
      </span>
    </div>
  );
}
