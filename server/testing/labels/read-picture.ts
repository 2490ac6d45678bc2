import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { Bitmap } from "@/server/domain/labels/zpl";

/** Pixels in grey, 0 = black. */
export interface Picture {
  data: Uint8Array;
  width: number;
  height: number;
}

const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
const bytes = readFileSync(wasm);
prepareZXingModule({ overrides: { wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) } });

/** The texts of all QR codes that the scanner's own decoder finds in a picture. */
export async function codesIn({ data, width, height }: Picture): Promise<string[]> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at++) rgba.fill(data[at] ?? 255, at * 4, at * 4 + 3).fill(255, at * 4 + 3, at * 4 + 4);
  const found = await readBarcodes(
    { data: rgba, width, height, colorSpace: "srgb" },
    {
      formats: ["QRCode"],
      tryHarder: true,
      maxNumberOfSymbols: 255,
    },
  );
  return found.map(({ text }) => text);
}

let pdfium: Promise<PDFiumLibrary> | undefined;

/** The pages of a PDF as Chrome's renderer draws them, at a resolution in dots per inch, with their text. */
export async function pagesOf(pdf: Buffer, dpi: number): Promise<(Picture & { text: string; widthPt: number; heightPt: number })[]> {
  pdfium ??= PDFiumLibrary.init();
  const document = await (await pdfium).loadDocument(pdf);
  const pages = [];
  for (const page of document.pages()) {
    const { originalWidth: widthPt, originalHeight: heightPt } = page.getOriginalSize();
    const text = page.getText();
    const { data, width, height } = await page.render({
      scale: dpi / 72,
      render: ({ data, width, height }) => Promise.resolve(greyOf(data, width * height)),
    });
    pages.push({ data, width, height, text, widthPt, heightPt });
  }
  document.destroy();
  return pages;
}

/** Of four bytes a pixel, three in whatever order. */
function greyOf(pixels: Uint8Array, count: number): Uint8Array {
  const grey = new Uint8Array(count);
  for (let at = 0; at < count; at++) grey[at] = ((pixels[at * 4] ?? 0) + (pixels[at * 4 + 1] ?? 0) + (pixels[at * 4 + 2] ?? 0)) / 3;
  return grey;
}

/** What a printer draws of a bitmap, with white around it as on a label that is held to a camera. */
export function pictureOf({ widthDots, heightDots, rows }: Pick<Bitmap, "widthDots" | "heightDots" | "rows">): Picture {
  const data = new Uint8Array(widthDots * heightDots).fill(255);
  rows.forEach((row, y) => {
    for (let x = 0; x < widthDots; x++) if (((row[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) data[y * widthDots + x] = 0;
  });
  return { data, width: widthDots, height: heightDots };
}

/** A part of a picture. */
export function cut(picture: Picture, left: number, top: number, width: number, height: number): Picture {
  const data = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = picture.data[(top + y) * picture.width + left + x] ?? 255;
  return { data, width, height };
}
