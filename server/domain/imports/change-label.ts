import { IMPORT_FIELD_FACTS, type ImportField } from "./fields";

/** What an import changes: the columns, and what goes with them. */
export type ChangedField = ImportField | "calibration_deviation";

/** What a changed cell is called. */
export function changeLabel(field: ChangedField): string {
  return field === "calibration_deviation" ? "Calibration deviation" : IMPORT_FIELD_FACTS[field].label;
}
