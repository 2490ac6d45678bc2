import { useEffect, useState } from "react";
import type { MeasureText, TextWeight } from "@/server/domain/labels/fit-text";

/** The fonts that PDF and printer use, loaded by the page of the labels. */
export const LABEL_FONTS = '"Noto Sans", "Noto Sans Bengali", sans-serif';
export const LABEL_WEIGHTS: Record<TextWeight, number> = { regular: 400, bold: 700 };

const PIXELS = 100;
const known = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null | undefined;

/** Width of a text in the label's fonts, as a multiple of its size. Only right once they are loaded: `useLabelFonts`. */
export const measureText: MeasureText = (text, weight) => {
  const key = `${weight} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length;
  canvas.font = `${LABEL_WEIGHTS[weight]} ${PIXELS}px ${LABEL_FONTS}`;
  const width = canvas.measureText(text).width / PIXELS;
  known.set(key, width);
  return width;
};

/** Whether the fonts for these letters are there; until then nothing can be laid out. */
export function useLabelFonts(text: string): boolean {
  const [loaded, setLoaded] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    // The parts of the fonts that hold these letters; each is asked for once.
    const letters = [...new Set(text)].join("");
    const fonts = Object.values(LABEL_WEIGHTS).map((weight) => document.fonts.load(`${weight} 16px ${LABEL_FONTS}`, letters));
    // Without them (offline, blocked) the browser's own font does.
    void Promise.allSettled(fonts).then(() => {
      if (!isCurrent) return;
      known.clear();
      setLoaded(text);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return loaded === text;
}
