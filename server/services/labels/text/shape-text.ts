import { Buffer as HbBuffer, shape } from "harfbuzzjs";
import type { TextWeight } from "@/server/domain/labels/fit-text";
import { labelFaces, type LabelFace } from "./faces";

/** A glyph where it stands, in units of the font. */
export interface ShapedGlyph {
  id: number;
  /** Code points it stands for; none for the further glyphs of a cluster. */
  codePoints: number[];
  advance: number;
  offsetX: number;
  offsetY: number;
}

/** A stretch of text in one face. */
export interface ShapedRun {
  face: LabelFace;
  text: string;
  glyphs: ShapedGlyph[];
  /** As a multiple of the size. */
  width: number;
}

/** Stands for a letter that no face has: a white square. */
const MISSING_LETTER = "\u25a1";
/** Marks, joiners and variation selectors belong to the letter before them, in its face. */
const STICKS = /^[\p{M}\u200c\u200d\ufe00-\ufe0f]$/u;
const MAX_KNOWN = 20_000;
const known = new Map<string, ShapedRun[]>();

/** A text as glyphs, set by HarfBuzz: conjuncts, reordered vowels, kerning. What no face has becomes a square. */
export function shapeText(text: string, weight: TextWeight): ShapedRun[] {
  const key = `${weight} ${text}`;
  const before = known.get(key);
  if (before) return before;
  const runs = splitByFace(text, weight).map(([face, part]) => shapeRun(face, part));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, runs);
  return runs;
}

/** Width of a text in one line, as a multiple of its size. */
export function measureText(text: string, weight: TextWeight): number {
  return shapeText(text, weight).reduce((sum, run) => sum + run.width, 0);
}

/** The letters of a text that no face has, each once. */
export function unprintableIn(text: string): string {
  const faces = labelFaces("regular");
  const letters = [...text].filter((letter) => !STICKS.test(letter) && !faces.some((face) => face.covers.has(letter.codePointAt(0) ?? 0)));
  return [...new Set(letters)].join("");
}

function splitByFace(text: string, weight: TextWeight): [LabelFace, string][] {
  const faces = labelFaces(weight);
  const runs: [LabelFace, string][] = [];
  for (const letter of text) {
    const current = runs.at(-1);
    const has = (face: LabelFace) => face.covers.has(letter.codePointAt(0) ?? 0);
    const sticks = STICKS.test(letter);
    if (current && (has(current[0]) || sticks)) {
      // A mark that the face lacks would print as a box over its letter; the letter alone is better.
      if (has(current[0])) current[1] += letter;
      continue;
    }
    const face = faces.find(has);
    if (face) runs.push([face, letter]);
    else appendSquare(runs, faces);
  }
  return runs;
}

function appendSquare(runs: [LabelFace, string][], faces: readonly LabelFace[]): void {
  const face = faces.find(({ covers }) => covers.has(0x25a1)) ?? faces[0];
  if (!face) return;
  const current = runs.at(-1);
  if (current?.[0] === face) current[1] += MISSING_LETTER;
  else runs.push([face, MISSING_LETTER]);
}

function shapeRun(face: LabelFace, text: string): ShapedRun {
  const buffer = new HbBuffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(face.shaper, buffer);
  const infos = buffer.getGlyphInfos();
  const positions = buffer.getGlyphPositions();
  const starts = [...new Set(infos.map(({ cluster }) => cluster))].sort((a, b) => a - b);
  const seen = new Set<number>();
  const glyphs = infos.map(({ codepoint: id, cluster }, index): ShapedGlyph => {
    const end = starts.find((start) => start > cluster) ?? text.length;
    const codePoints = seen.has(cluster) ? [] : [...text.slice(cluster, end)].map((letter) => letter.codePointAt(0) ?? 0);
    seen.add(cluster);
    const { xAdvance, xOffset, yOffset } = positions[index] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
    return { id, codePoints, advance: xAdvance, offsetX: xOffset, offsetY: yOffset };
  });
  return { face, text, glyphs, width: glyphs.reduce((sum, { advance }) => sum + advance, 0) / face.unitsPerEm };
}
