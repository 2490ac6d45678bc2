const INCH = 25.4;

export const PAGES = {
  a4: { label: "A4", widthMm: 210, heightMm: 297 },
  letter: { label: "US Letter", widthMm: 8.5 * INCH, heightMm: 11 * INCH },
} as const;
export type PageSize = keyof typeof PAGES;

interface LabelSize {
  widthMm: number;
  heightMm: number;
}

/** Label stock cut from sheets. */
export interface SheetStock extends LabelSize {
  kind: "sheet";
  id: string;
  name: string;
  /** Other products of the same cut. */
  sameAs: string[];
  page: PageSize;
  columns: number;
  rows: number;
  /** From the page's edge to the first label. */
  leftMm: number;
  topMm: number;
  /** From one label's edge to the next one's. */
  pitchXMm: number;
  pitchYMm: number;
  cornerMm: number;
}

/** A roll of single labels in a thermal printer. */
export interface RollStock extends LabelSize {
  kind: "roll";
  id: string;
  name: string;
  sameAs: string[];
  cornerMm: number;
}

export type LabelStock = SheetStock | RollStock;

type Size = readonly [widthMm: number, heightMm: number];
type Grid = readonly [columns: number, rows: number];

interface Cut {
  grid: Grid;
  size: Size;
  /** Millimetres between columns. */
  gap?: number;
  corner?: number;
  sameAs?: string[];
  name?: string;
}

/** Rows touch; what is left of the page is the same on both sides, which is how these sheets are cut. */
function sheet(page: PageSize, id: string, { grid: [columns, rows], size: [widthMm, heightMm], gap = 0, ...cut }: Cut): SheetStock {
  const { widthMm: pageWidth, heightMm: pageHeight } = PAGES[page];
  return {
    kind: "sheet",
    id,
    name: cut.name ?? `Avery ${id.toUpperCase()}`,
    sameAs: cut.sameAs ?? [],
    page,
    columns,
    rows,
    widthMm,
    heightMm,
    leftMm: (pageWidth - columns * widthMm - (columns - 1) * gap) / 2,
    topMm: (pageHeight - rows * heightMm) / 2,
    pitchXMm: widthMm + gap,
    pitchYMm: heightMm,
    cornerMm: cut.corner ?? 2,
  };
}

const a4 = (id: string, cut: Cut) => sheet("a4", id, cut);
const letter = (id: string, cut: Cut) =>
  sheet("letter", id, { ...cut, size: [cut.size[0] * INCH, cut.size[1] * INCH], gap: (cut.gap ?? 0) * INCH });

const roll = (widthMm: number, heightMm: number, sameAs: string[] = [], name?: string): RollStock => ({
  kind: "roll",
  id: `roll-${String(widthMm).replace(".", "_")}x${String(heightMm).replace(".", "_")}`,
  name: name ?? `${widthMm} × ${heightMm} mm`,
  sameAs,
  widthMm,
  heightMm,
  cornerMm: 2,
});

/** Sheets, from small labels to large ones. A code of 15 mm fits on every one. */
export const SHEET_STOCKS: readonly SheetStock[] = [
  a4("l7651", { grid: [5, 13], size: [38.1, 21.2], gap: 2.5, sameAs: ["L7551", "J8651"] }),
  a4("l7636", { grid: [4, 12], size: [45.7, 21.2], gap: 2.5, sameAs: ["L4778 weatherproof", "L6009 silver"] }),
  a4("l7654", { grid: [4, 10], size: [45.7, 25.4], gap: 2.5, sameAs: ["L6140", "L6145"] }),
  a4("l6011", { grid: [3, 9], size: [63.5, 29.6], gap: 2.5, name: "Avery L6011", sameAs: ["silver, heavy duty"] }),
  a4("l7159", { grid: [3, 8], size: [63.5, 33.9], gap: 2.5, sameAs: ["L4773 weatherproof"] }),
  a4("l7160", { grid: [3, 7], size: [63.5, 38.1], gap: 2.5, sameAs: ["J8160"] }),
  a4("l7161", { grid: [3, 6], size: [63.5, 46.6], gap: 2.5, sameAs: ["J8161"] }),
  a4("3490", { grid: [3, 8], size: [70, 36], corner: 0, name: "Avery Zweckform 3490", sameAs: ["3475"] }),
  a4("3474", { grid: [3, 8], size: [70, 37], corner: 0, name: "Avery Zweckform 3474" }),
  a4("l7162", { grid: [2, 8], size: [99.1, 33.9], gap: 2.5, sameAs: ["J8162"] }),
  a4("l7163", { grid: [2, 7], size: [99.1, 38.1], gap: 2.5, sameAs: ["J8163"] }),
  a4("l7164", { grid: [3, 4], size: [63.5, 72], gap: 2.5, sameAs: ["J8164"] }),
  a4("l7165", { grid: [2, 4], size: [99.1, 67.7], gap: 2.5, sameAs: ["J8165"] }),
  letter("5160", { grid: [3, 10], size: [2.625, 1], gap: 0.125, sameAs: ["8160", "5520 weatherproof"] }),
  letter("5161", { grid: [2, 10], size: [4, 1], gap: 0.1875, sameAs: ["8161"] }),
  letter("5162", { grid: [2, 7], size: [4, 4 / 3], gap: 0.1875, sameAs: ["8162", "5522 weatherproof"] }),
  letter("5163", { grid: [2, 5], size: [4, 2], gap: 0.1875, corner: 3, sameAs: ["8163", "5523 weatherproof"] }),
  letter("5164", { grid: [2, 3], size: [4, 10 / 3], gap: 0.1875, corner: 3, sameAs: ["8164", "5524 weatherproof"] }),
];

export const ROLL_STOCKS: readonly RollStock[] = [
  roll(40, 30),
  roll(50, 25),
  roll(50, 30),
  roll(50.8, 25.4, [], "2 × 1 in"),
  roll(57, 32, ["Dymo 11354"]),
  roll(57.15, 31.75, [], "2¼ × 1¼ in"),
  roll(62, 29, ["Brother DK-11209"]),
  roll(76.2, 50.8, [], "3 × 2 in"),
  roll(89, 36, ["Dymo 99012"]),
  roll(100, 50),
];

const BY_ID = new Map<string, LabelStock>([...SHEET_STOCKS, ...ROLL_STOCKS].map((stock) => [stock.id, stock]));

/** Millimetres of a roll that is not among the presets. */
export const OWN_ROLL = { minWidthMm: 20, maxWidthMm: 110, minHeightMm: 19, maxHeightMm: 160 } as const;

/**
 * The stock with an id, or a roll of one's own size: `own-60x40` (millimetres, tenths allowed).
 * @returns `undefined` for what is neither
 */
export function stockOf(id: string): LabelStock | undefined {
  const preset = BY_ID.get(id);
  if (preset) return preset;
  const own = /^own-(\d{1,3}(?:\.\d)?)x(\d{1,3}(?:\.\d)?)$/.exec(id);
  if (!own) return undefined;
  const [widthMm, heightMm] = [Number(own[1]), Number(own[2])];
  const fits =
    widthMm >= OWN_ROLL.minWidthMm &&
    widthMm <= OWN_ROLL.maxWidthMm &&
    heightMm >= OWN_ROLL.minHeightMm &&
    heightMm <= OWN_ROLL.maxHeightMm;
  return fits ? { ...roll(widthMm, heightMm), id } : undefined;
}

/** "63.5 × 38.1 mm", for people. */
export function sizeText({ widthMm, heightMm }: LabelSize): string {
  const text = (mm: number) => String(Math.round(mm * 10) / 10);
  return `${text(widthMm)} × ${text(heightMm)} mm`;
}
