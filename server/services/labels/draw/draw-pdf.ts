import type * as fontkit from "fontkit";
import PDFDocument from "pdfkit";
import { MM_PER_PT } from "@/server/domain/labels/fit-text";
import { LOGO_HEIGHT, LOGO_LINE_WIDTH, LOGO_PATHS } from "@/server/domain/labels/logo-path";
import type { LabelLayout, PlacedText } from "@/server/domain/labels/layout-label";
import { cornerOf, labelsASheet, pageOf, placeLabels } from "@/server/domain/labels/place-labels";
import type { LabelJob } from "@/server/domain/labels/schema";
import type { LabelFace } from "../text/faces";
import { shapeText } from "../text/shape-text";
import type { LabelView } from "../views";
import { barsOf, layOut, type DrawnLabel } from "./lay-out";

const PT_PER_MM = 1 / MM_PER_PT;
/** Modules are drawn a hair wider, so that no renderer leaves a white line between two of them. */
const OVERLAP = 0.02;
const LABELS_A_TURN = 8;

type Job = Pick<LabelJob, "stock" | "template" | "secondCode" | "copies" | "startAt" | "offsetXMm" | "offsetYMm" | "outlines" | "dpi">;

/**
 * Labels as a PDF: sheets of paper, or for rolls one page of the label's exact size each. Text is text, in subsets of the
 * label fonts, set by HarfBuzz. Gives other requests their turn every few labels.
 */
export async function drawPdf(job: Job, labels: readonly LabelView[], { title, now }: { title: string; now: Date }): Promise<Buffer> {
  const { widthMm, heightMm } = pageOf(job.stock);
  const size: [number, number] = [widthMm * PT_PER_MM, heightMm * PT_PER_MM];
  const info = { Title: title, Creator: "Smart Dairy", CreationDate: now };
  // Without a default font it embeds none that nobody uses.
  const document = new PDFDocument({ size, margin: 0, autoFirstPage: false, font: undefined, info, pdfVersion: "1.7" });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => document.on("end", resolve).on("error", reject));
  let drawn: DrawnLabel | undefined;
  for (const page of placeLabels({ ...job, count: labels.length * job.copies })) {
    document.addPage({ size, margin: 0 });
    document.scale(PT_PER_MM);
    if (job.outlines) drawOutlines(document, job);
    for (const { index, xMm, yMm } of page) {
      const label = labels[Math.floor(index / job.copies)];
      if (!label) continue;
      // Copies of one label come one after the other.
      if (drawn?.label !== label) drawn = layOut(job, label);
      if (index % LABELS_A_TURN === LABELS_A_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
      document.save();
      document.translate(xMm, yMm);
      drawLabel(document, drawn);
      document.restore();
    }
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawOutlines(document: PDFKit.PDFDocument, job: Job): void {
  const { stock } = job;
  document.lineWidth(0.1).strokeColor("#888888");
  for (let slot = 0; slot < labelsASheet(stock); slot++) {
    const corner = stock.kind === "sheet" ? cornerOf(stock, slot) : { xMm: 0, yMm: 0 };
    document.roundedRect(corner.xMm + job.offsetXMm, corner.yMm + job.offsetYMm, stock.widthMm, stock.heightMm, stock.cornerMm).stroke();
  }
}

function drawLabel(document: PDFKit.PDFDocument, { matrix, layout }: DrawnLabel): void {
  document.fillColor("#000000");
  for (const { xMm, yMm, moduleMm } of layout.codes) {
    for (const bar of barsOf(matrix)) {
      document.rect(xMm + bar.x * moduleMm, yMm + bar.y * moduleMm, (bar.length + OVERLAP) * moduleMm, (1 + OVERLAP) * moduleMm);
    }
    document.fill();
  }
  for (const text of layout.texts) drawText(document, text);
  if (layout.logo) drawLogo(document, layout.logo);
}

function drawText(document: PDFKit.PDFDocument, { text, weight, sizePt, xMm, baselineMm, isCentred }: PlacedText): void {
  const runs = shapeText(text, weight);
  const sizeMm = sizePt * MM_PER_PT;
  const widthMm = runs.reduce((sum, run) => sum + run.width, 0) * sizeMm;
  let x = isCentred ? xMm - widthMm / 2 : xMm;
  // What is searched and copied: glyphs of a conjunct do not spell it.
  document.markContent("Span", { actual: text });
  for (const run of runs) {
    useFace(document, run.face, weight);
    document.fontSize(sizeMm);
    // With a list of features, even an empty one, the run is set as a whole and not word by word.
    document.text(run.text, x, baselineMm, { lineBreak: false, baseline: "alphabetic", features: [], ...{ textWidth: 0, wordCount: 1 } });
    x += run.width * sizeMm;
  }
  document.endMarkedContent();
}

/** pdfkit takes any font that can lay text out: this one asks HarfBuzz, whose Bengali is right where fontkit's is not. */
function useFace(document: PDFKit.PDFDocument, face: LabelFace, weight: PlacedText["weight"]): void {
  const { file } = face;
  const shaped = Object.create(file, {
    layout: {
      value: (text: string) => {
        const glyphs = shapeText(text, weight).flatMap((run) => run.glyphs);
        return {
          // The font's own glyph objects keep the letters of whoever asked first.
          glyphs: glyphs.map(({ id, codePoints }) => ({ id, codePoints, advanceWidth: file.getGlyph(id).advanceWidth })),
          positions: glyphs.map(({ advance, offsetX, offsetY }) => ({
            xAdvance: advance,
            yAdvance: 0,
            xOffset: offsetX,
            yOffset: offsetY,
          })),
          advanceWidth: glyphs.reduce((sum, { advance }) => sum + advance, 0),
        };
      },
    },
  }) as fontkit.Font;
  const registered = (document as unknown as { _registeredFonts: Record<string, unknown> })._registeredFonts;
  if (!registered[face.key]) document.registerFont(face.key, shaped as unknown as string);
  document.font(face.key);
}

function drawLogo(document: PDFKit.PDFDocument, { xMm, yMm, heightMm }: NonNullable<LabelLayout["logo"]>): void {
  document.save();
  document.translate(xMm, yMm).scale(heightMm / LOGO_HEIGHT);
  document.lineWidth(LOGO_LINE_WIDTH).lineCap("round").lineJoin("round").strokeColor("#000000");
  for (const path of LOGO_PATHS) document.path(path).stroke();
  document.restore();
}
