import { readFileSync } from "node:fs";
import path from "node:path";
import * as fontkit from "fontkit";
import { Blob as HbBlob, Face as HbFace, Font as HbFont } from "harfbuzzjs";
import type { TextWeight } from "@/server/domain/labels/fit-text";
import { sfntOfWoff } from "./sfnt-of-woff";

/** One font file: a part of Noto Sans, in one weight. */
export interface LabelFace {
  /** Unique among all faces. */
  key: string;
  unitsPerEm: number;
  /** Unicode code points it has glyphs for. */
  covers: ReadonlySet<number>;
  shaper: HbFont;
  /** For embedding: its tables, and the part of them that a document needs. */
  file: fontkit.Font;
}

/**
 * The same files that the browser gets (@fontsource), so that paper and screen agree. The first that has a letter sets
 * it. Bengali is a font of its own; Hindi, Greek and Cyrillic come with Noto Sans.
 */
const PARTS = [
  ["noto-sans", "latin"],
  ["noto-sans", "latin-ext"],
  ["noto-sans-bengali", "bengali"],
  ["noto-sans", "devanagari"],
  ["noto-sans", "greek"],
  ["noto-sans", "cyrillic"],
  ["noto-sans", "cyrillic-ext"],
  ["noto-sans", "vietnamese"],
] as const;
const WEIGHTS: Record<TextWeight, number> = { regular: 400, bold: 700 };

const loaded = new Map<TextWeight, LabelFace[]>();

/** The faces of a weight, in the order in which they are asked for a letter. Read once a process (0.5 MB). */
export function labelFaces(weight: TextWeight): LabelFace[] {
  const known = loaded.get(weight);
  if (known) return known;
  const faces = PARTS.map(([family, part]) => loadFace(family, part, WEIGHTS[weight]));
  loaded.set(weight, faces);
  return faces;
}

function loadFace(family: string, part: string, weight: number): LabelFace {
  // Not import.meta: in the built server that is another place.
  const folder = path.join(process.cwd(), "node_modules/@fontsource", family, "files");
  const sfnt = sfntOfWoff(readFileSync(path.join(folder, `${family}-${part}-${weight}-normal.woff`)));
  const face = new HbFace(new HbBlob(new Uint8Array(sfnt)));
  return {
    key: `${family}-${part}-${weight}`,
    unitsPerEm: face.upem,
    covers: new Set(face.collectUnicodes()),
    shaper: new HbFont(face),
    // Of one font, never of a collection.
    file: fontkit.create(sfnt) as fontkit.Font,
  };
}
