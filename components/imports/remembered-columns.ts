import { IMPORT_FIELDS, type ImportField } from "@/server/domain/imports/fields";
import { columnKey, type ColumnMapping, matchColumns } from "@/server/domain/imports/match-columns";

const KEY = "smart-dairy-import-columns";
const MOST = 500;

type Remembered = [key: string, field: ImportField | null][];

/** What somebody said of columns before, on this device. */
export function rememberedColumns(): Map<string, ImportField | null> {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]") as Remembered;
    return new Map(stored.filter(([key, field]) => typeof key === "string" && (field === null || IMPORT_FIELDS.includes(field))));
  } catch {
    return new Map();
  }
}

/** Keeps what differs from what the names say by themselves. */
export function rememberColumns(header: readonly string[], mapping: ColumnMapping): void {
  const remembered = rememberedColumns();
  const guessed = matchColumns(header);
  header.forEach((name, index) => {
    const key = columnKey(name);
    const field = mapping[index] ?? null;
    if (key === "") return;
    remembered.delete(key);
    if (field !== guessed[index]) remembered.set(key, field);
  });
  try {
    localStorage.setItem(KEY, JSON.stringify([...remembered].slice(-MOST)));
  } catch {
    // Full or switched off: then it is asked again.
  }
}
