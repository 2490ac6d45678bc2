import { IMPORT_FIELD_FACTS, IMPORT_FIELDS, type ImportField } from "./fields";

/** For each column of a file the field it holds; `null` = it is not read. */
export type ColumnMapping = (ImportField | null)[];

/** A column's name as it is compared: letters and digits, lower case. `Serial-No.` and `serial_no` are one. */
export function columnKey(header: string): string {
  return header
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

// A map, not an object: a file may call a column `__proto__`.
const FIELD_OF_KEY = new Map<string, ImportField>(
  IMPORT_FIELDS.flatMap((field) => {
    const { label, synonyms } = IMPORT_FIELD_FACTS[field];
    return [field, label, ...synonyms].map((name) => [columnKey(name), field] as const);
  }),
);

/** How many of these names are known columns. */
export function recognisedCount(header: readonly string[]): number {
  return header.filter((name) => FIELD_OF_KEY.has(columnKey(name))).length;
}

/**
 * Which column holds what, by its name. Two columns for one field are both left out: which one is meant, somebody has
 * to say.
 * @param remembered what people chose before, by {@link columnKey}
 */
export function matchColumns(header: readonly string[], remembered: ReadonlyMap<string, ImportField | null> = new Map()): ColumnMapping {
  const wished = header.map((name) => {
    const key = columnKey(name);
    const chosen = remembered.get(key);
    return chosen === undefined ? (FIELD_OF_KEY.get(key) ?? null) : chosen;
  });
  return wished.map((field) => (field !== null && wished.filter((other) => other === field).length > 1 ? null : field));
}

export interface MappingFault {
  message: string;
  /** Columns concerned, from 0. */
  columns: number[];
}

/** What is wrong with a mapping; empty = it can be used. */
export function mappingFaults(header: readonly string[], mapping: ColumnMapping, { creates }: { creates: boolean }): MappingFault[] {
  const columnsOf = (field: ImportField) => mapping.flatMap((mapped, index) => (mapped === field ? [index] : []));
  const doubled = IMPORT_FIELDS.map((field) => ({ field, columns: columnsOf(field) })).filter(({ columns }) => columns.length > 1);
  const needed: ImportField[] = creates ? ["device_id", "name", "device_type"] : ["device_id"];
  return [
    ...doubled.map(({ field, columns }) => ({
      message: `Columns ${columns.map((index) => index + 1).join(" and ")} are both “${IMPORT_FIELD_FACTS[field].label}”. Choose one.`,
      columns,
    })),
    ...needed
      .filter((field) => columnsOf(field).length === 0)
      .map((field) => ({ message: missing(header, field), columns: candidates(header, field) })),
  ];
}

/** Columns whose name says the field. */
function candidates(header: readonly string[], field: ImportField): number[] {
  return header.flatMap((name, index) => (FIELD_OF_KEY.get(columnKey(name)) === field ? [index] : []));
}

function missing(header: readonly string[], field: ImportField): string {
  const { label } = IMPORT_FIELD_FACTS[field];
  const named = candidates(header, field);
  return named.length > 1
    ? `Columns ${named.map((index) => index + 1).join(" and ")} are both called like “${label}”. Choose the one that is meant.`
    : `No column holds the ${label.toLowerCase().replace(" id", " ID")}. Choose which one does, or add it to the file.`;
}
