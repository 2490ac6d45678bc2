import { encode } from "uqr";
import { CODE_ERROR_LEVEL } from "@/server/domain/labels/code-size";
import { labelSpec } from "@/server/domain/labels/label-spec";
import { layoutLabel, type LabelLayout } from "@/server/domain/labels/layout-label";
import type { LabelJob } from "@/server/domain/labels/schema";
import type { LabelView } from "../views";
import { measureText } from "../text/shape-text";

/** Rows of a code, true = dark. */
export type CodeMatrix = boolean[][];

export interface DrawnLabel {
  label: LabelView;
  matrix: CodeMatrix;
  layout: LabelLayout;
}

/**
 * The modules of a label's code. qrcode.react, which draws codes on screen, keeps its encoder to itself; this one is the
 * same algorithm, and a test holds the two together module by module.
 */
export function codeMatrix(text: string): CodeMatrix {
  return encode(text, { ecc: CODE_ERROR_LEVEL, boostEcc: true, border: 0 }).data;
}

/** A label with its code and where everything on it stands. */
export function layOut(job: Pick<LabelJob, "stock" | "template" | "secondCode" | "dpi">, label: LabelView): DrawnLabel {
  const matrix = codeMatrix(label.code);
  const content = { deviceId: label.deviceId, name: label.name, farm: label.farm.name, modules: matrix.length };
  return { label, matrix, layout: layoutLabel(labelSpec(job.stock, job), content, measureText) };
}

/** Dark modules as horizontal bars: column, row and length, in modules. */
export function barsOf(matrix: CodeMatrix): { x: number; y: number; length: number }[] {
  return matrix.flatMap((row, y) => {
    const bars: { x: number; y: number; length: number }[] = [];
    row.forEach((dark, x) => {
      const last = bars.at(-1);
      if (!dark) return;
      if (last && last.x + last.length === x) last.length += 1;
      else bars.push({ x, y, length: 1 });
    });
    return bars;
  });
}
