import { memo } from "react";
import { codeModules } from "@/server/domain/labels/code-size";
import { labelSpec } from "@/server/domain/labels/label-spec";
import { layoutLabel, type LabelLayout } from "@/server/domain/labels/layout-label";
import { cornerOf, labelsASheet, pageOf, type PlacedLabel } from "@/server/domain/labels/place-labels";
import type { LabelView } from "@/server/services/labels/views";
import { LabelDrawing } from "./label-drawing";
import type { LabelJobView } from "./label-job";
import { measureText } from "./measure-text";

interface LabelPageProps {
  job: LabelJobView;
  labels: readonly LabelView[];
  placed: readonly PlacedLabel[];
  /** Label edges: as a help on screen, or printed to hold against the sheet. */
  edges: "none" | "screen" | "printed";
  className?: string;
}

/** Where everything on a label stands, measured in this browser. */
export function layoutOf(job: LabelJobView, label: LabelView): LabelLayout {
  const content = { deviceId: label.deviceId, name: label.name, farm: label.farm.name, modules: codeModules(label.code) };
  return layoutLabel(labelSpec(job.stock, job), content, measureText);
}

/** One sheet, or one label of a roll, at its true size. */
export const LabelPage = memo(function LabelPage({ job, labels, placed, edges, className }: LabelPageProps) {
  const { stock } = job;
  const { widthMm, heightMm } = pageOf(stock);
  const shown = placed.flatMap(({ index, ...place }) => {
    const label = labels[Math.floor(index / job.copies)];
    return label ? [{ label, index, ...place }] : [];
  });
  const [first, last] = [shown[0]?.label.deviceId, shown.at(-1)?.label.deviceId];
  return (
    <svg
      role="img"
      aria-label={first === last ? `Label of ${first}` : `Labels of ${first} to ${last}`}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      width={`${widthMm}mm`}
      height={`${heightMm}mm`}
      className={className}
    >
      <rect width={widthMm} height={heightMm} fill="#fff" />
      {edges === "none" ? null : <Edges job={job} isPrinted={edges === "printed"} />}
      {shown.map(({ label, index, xMm, yMm }) => (
        <g key={index} transform={`translate(${xMm} ${yMm})`}>
          <LabelDrawing layout={layoutOf(job, label)} code={label.code} />
        </g>
      ))}
    </svg>
  );
});

function Edges({ job, isPrinted }: { job: LabelJobView; isPrinted: boolean }) {
  const { stock } = job;
  return Array.from({ length: labelsASheet(stock) }, (_, slot) => {
    const { xMm, yMm } = stock.kind === "sheet" ? cornerOf(stock, slot) : { xMm: 0, yMm: 0 };
    // On screen the stock lies still and the print moves; on paper the print carries its edges with it.
    const shift = isPrinted ? { x: job.offsetXMm, y: job.offsetYMm } : { x: 0, y: 0 };
    return (
      <rect
        key={slot}
        x={xMm + shift.x}
        y={yMm + shift.y}
        width={stock.widthMm}
        height={stock.heightMm}
        rx={stock.cornerMm}
        fill={isPrinted || slot >= job.startAt - 1 ? "none" : "#ececec"}
        stroke={isPrinted ? "#888" : "#c4c4c4"}
        strokeWidth={isPrinted ? 0.1 : 0.25}
      />
    );
  });
}
