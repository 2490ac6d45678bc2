import { useEffect, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { pageOf, type PlacedLabel } from "@/server/domain/labels/place-labels";
import type { LabelView } from "@/server/services/labels/views";
import type { LabelJobView } from "./label-job";
import { LabelPage } from "./label-page";

interface PrintPagesProps {
  job: LabelJobView;
  labels: readonly LabelView[];
  pages: readonly PlacedLabel[][];
  /** Called whenever the browser is asked to print, by the button or by its own menu. */
  onPrint: () => void;
}

/** All sheets, on paper instead of the page, each exactly as large as its paper. */
export function PrintPages({ job, labels, pages, onPrint }: PrintPagesProps) {
  const printing = usePrinting(onPrint);
  const { widthMm, heightMm } = pageOf(job.stock);
  usePageSize(widthMm, heightMm);
  if (!printing) return null;
  return createPortal(
    <div data-print="only" className="hidden print:block">
      {pages.map((placed, index) => (
        <div
          key={index}
          // A hair less than the paper: rounded up it would spill onto another page.
          style={{ height: `calc(${heightMm}mm - 0.5px)`, width: `${widthMm}mm` }}
          className="overflow-hidden not-last:break-after-page [&>svg]:block"
        >
          <LabelPage job={job} labels={labels} placed={placed} edges={job.outlines ? "printed" : "none"} />
        </div>
      ))}
    </div>,
    document.body,
  );
}

/** Hundreds of codes are drawn when they are printed, not before. */
function usePrinting(onPrint: () => void): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => {
      flushSync(() => setPrinting(true));
      onPrint();
    };
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, [onPrint]);
  return printing;
}

/** Tells the printer the paper's size while labels are on screen; without margins, which the labels have themselves. */
function usePageSize(widthMm: number, heightMm: number): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${widthMm}mm ${heightMm}mm; margin: 0 }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [widthMm, heightMm]);
}
