import { useSyncExternalStore } from "react";
import { labelsASheet } from "@/server/domain/labels/place-labels";
import { stockOf, type LabelStock } from "@/server/domain/labels/stock";
import { LABEL_TEMPLATES, MAX_OFFSET_MM, PRINTER_DPIS, type LabelTemplate, type PrinterDpi } from "@/server/domain/labels/vocabulary";

/** What one stock in this printer needs. */
export interface SheetSettings {
  /** First label that is still there, from 1. */
  startAt: number;
  /** Where the last print on it ended; the next begins there when somebody says so. */
  nextStart: number;
  offsetXMm: number;
  offsetYMm: number;
}

/** How labels were printed here the last time. A printer belongs to a desk: it is kept in the browser, not on the server. */
export interface LabelSettings {
  stock: LabelStock;
  template: LabelTemplate;
  secondCode: boolean;
  dpi: PrinterDpi;
  sheet: SheetSettings;
}

interface Stored extends Omit<LabelSettings, "stock" | "sheet"> {
  stockId: string;
  sheets: Record<string, SheetSettings>;
}

const STORAGE_KEY = "labels";
const DEFAULT_STOCK = "l7160";
const NEW_SHEET: SheetSettings = { startAt: 1, nextStart: 1, offsetXMm: 0, offsetYMm: 0 };
const DEFAULT: Stored = { stockId: DEFAULT_STOCK, template: "id_name", secondCode: true, dpi: 203, sheets: {} };
const listeners = new Set<() => void>();
let stored: Stored | undefined;

function current(): Stored {
  stored ??= read();
  return stored;
}

/** Whatever is not what we wrote falls back to the default. */
function read(): Stored {
  try {
    const found = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}") as Partial<Record<keyof Stored, unknown>>;
    const sheets = Object.entries(typeof found.sheets === "object" && found.sheets ? found.sheets : {});
    return {
      stockId: typeof found.stockId === "string" && stockOf(found.stockId) ? found.stockId : DEFAULT.stockId,
      template: LABEL_TEMPLATES.find((template) => template === found.template) ?? DEFAULT.template,
      secondCode: found.secondCode !== false,
      dpi: PRINTER_DPIS.find((dpi) => dpi === found.dpi) ?? DEFAULT.dpi,
      sheets: Object.fromEntries(sheets.map(([id, sheet]) => [id, toSheet(sheet, stockOf(id))])),
    };
  } catch {
    return DEFAULT;
  }
}

function toSheet(value: unknown, stock: LabelStock | undefined): SheetSettings {
  const found = (value ?? {}) as Partial<Record<keyof SheetSettings, unknown>>;
  const number = (candidate: unknown, min: number, max: number, otherwise: number) =>
    typeof candidate === "number" && candidate >= min && candidate <= max ? candidate : otherwise;
  const most = stock ? labelsASheet(stock) : 1;
  return {
    startAt: Math.round(number(found.startAt, 1, most, 1)),
    nextStart: Math.round(number(found.nextStart, 1, most, 1)),
    offsetXMm: number(found.offsetXMm, -MAX_OFFSET_MM, MAX_OFFSET_MM, 0),
    offsetYMm: number(found.offsetYMm, -MAX_OFFSET_MM, MAX_OFFSET_MM, 0),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: Stored): void {
  stored = next;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
  for (const listener of listeners) listener();
}

/** The settings, the way to change them, and the way to change those of the stock in use. */
export function useLabelSettings() {
  const { stockId, sheets, ...rest } = useSyncExternalStore(subscribe, current, () => DEFAULT);
  const stock = stockOf(stockId) ?? stockOf(DEFAULT_STOCK);
  if (!stock) throw new Error("The default label stock is missing");
  const settings: LabelSettings = { ...rest, stock, sheet: sheets[stock.id] ?? NEW_SHEET };
  return {
    settings,
    choose: (changed: Partial<Omit<Stored, "sheets">>) => change({ ...current(), ...changed }),
    adjust: (changed: Partial<SheetSettings>) => {
      const now = current();
      change({ ...now, sheets: { ...now.sheets, [stock.id]: { ...(now.sheets[stock.id] ?? NEW_SHEET), ...changed } } });
    },
  };
}

export type LabelControls = ReturnType<typeof useLabelSettings>;
