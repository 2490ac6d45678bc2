import sharp from "sharp";
import { MM_PER_PT } from "@/server/domain/labels/fit-text";
import { dotsPerMm } from "@/server/domain/labels/label-spec";
import { LOGO_HEIGHT, LOGO_LINE_WIDTH, LOGO_PATHS } from "@/server/domain/labels/logo-path";
import type { LabelLayout, PlacedText } from "@/server/domain/labels/layout-label";
import type { LabelJob } from "@/server/domain/labels/schema";
import type { Bitmap } from "@/server/domain/labels/zpl";
import { shapeText } from "../text/shape-text";
import type { LabelView } from "../views";
import { barsOf, layOut, type DrawnLabel } from "./lay-out";

/** Darker than this is black. A little above the middle: thin strokes of small letters must not break. */
const BLACK_BELOW = 150;

/** Pixels of one picture: several labels are drawn at once, which costs little more than one. */
const MAX_PIXELS = 2_000_000;
const MAX_AT_ONCE = 16;

type Job = Pick<LabelJob, "stock" | "template" | "secondCode" | "dpi" | "offsetXMm" | "offsetYMm">;

interface Dots {
  width: number;
  height: number;
  perMm: number;
  shiftX: number;
  shiftY: number;
}

function dotsOf({ stock, dpi, offsetXMm, offsetYMm }: Job): Dots {
  const perMm = dotsPerMm(dpi);
  const whole = (mm: number) => Math.round(mm * perMm);
  return { perMm, width: whole(stock.widthMm), height: whole(stock.heightMm), shiftX: whole(offsetXMm), shiftY: whole(offsetYMm) };
}

/** Labels in a printer's own dots, one after the other, a few drawn ahead: letters as their outlines, code modules as whole dots. */
export async function* drawBitmaps(job: Job, labels: readonly LabelView[]): AsyncGenerator<Bitmap> {
  const dots = dotsOf(job);
  const atOnce = Math.max(1, Math.min(MAX_AT_ONCE, Math.floor(MAX_PIXELS / (dots.width * dots.height))));
  for (let first = 0; first < labels.length; first += atOnce) {
    const some = labels.slice(first, first + atOnce).map((label) => layOut(job, label));
    const grey = await drawGrey(dots, some);
    for (const [index, label] of some.entries()) {
      const size = dots.width * dots.height;
      yield toBitmap(dots, label, grey.subarray(index * size, (index + 1) * size));
    }
  }
}

/** Everything but the codes, labels below each other. */
function drawGrey({ width, height, perMm, shiftX, shiftY }: Dots, labels: readonly DrawnLabel[]): Promise<Buffer> {
  const drawings = labels.map(
    ({ layout }, index) => `<svg y="${index * height}" width="${width}" height="${height}">
      <g transform="translate(${shiftX} ${shiftY}) scale(${perMm})">${textPaths(layout)}${logoPaths(layout)}</g></svg>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height * labels.length}">
    <rect width="100%" height="100%" fill="#fff"/>${drawings.join("")}</svg>`;
  return sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
}

function toBitmap({ width, height, perMm, shiftX, shiftY }: Dots, { matrix, layout }: DrawnLabel, grey: Buffer): Bitmap {
  const rows = Array.from({ length: height }, () => new Uint8Array(Math.ceil(width / 8)));
  const blacken = (x: number, y: number) => {
    const row = rows[y];
    if (row && x >= 0 && x < width) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
  };
  for (let at = 0; at < grey.length; at++) if ((grey[at] ?? 255) < BLACK_BELOW) blacken(at % width, Math.floor(at / width));
  for (const code of layout.codes) {
    const side = Math.round(code.moduleMm * perMm);
    const [left, top] = [Math.round(code.xMm * perMm) + shiftX, Math.round(code.yMm * perMm) + shiftY];
    for (const bar of barsOf(matrix))
      for (let y = 0; y < side; y++) for (let x = 0; x < bar.length * side; x++) blacken(left + bar.x * side + x, top + bar.y * side + y);
  }
  return { widthDots: width, heightDots: height, rows };
}

function textPaths({ texts }: LabelLayout): string {
  return texts.map(outlineOf).join("");
}

function outlineOf({ text, weight, sizePt, xMm, baselineMm, isCentred }: PlacedText): string {
  const runs = shapeText(text, weight);
  const sizeMm = sizePt * MM_PER_PT;
  let x = xMm - (isCentred ? (runs.reduce((sum, run) => sum + run.width, 0) * sizeMm) / 2 : 0);
  return runs
    .map((run) => {
      const scale = sizeMm / run.face.unitsPerEm;
      let pen = 0;
      const glyphs = run.glyphs.map((glyph) => {
        const path = run.face.shaper.glyphToPath(glyph.id);
        const at = `translate(${pen + glyph.offsetX} ${glyph.offsetY})`;
        pen += glyph.advance;
        return path ? `<path transform="${at}" d="${path}"/>` : "";
      });
      const group = `<g transform="translate(${x} ${baselineMm}) scale(${scale} ${-scale})">${glyphs.join("")}</g>`;
      x += run.width * sizeMm;
      return group;
    })
    .join("");
}

function logoPaths({ logo }: LabelLayout): string {
  if (!logo) return "";
  const paths = LOGO_PATHS.map((path) => `<path d="${path}"/>`).join("");
  return `<g transform="translate(${logo.xMm} ${logo.yMm}) scale(${logo.heightMm / LOGO_HEIGHT})" fill="none" stroke="#000"
    stroke-width="${LOGO_LINE_WIDTH}" stroke-linecap="round" stroke-linejoin="round">${paths}</g>`;
}
