import { csvLines } from "./csv-text";
import { IMPORT_FIELD_FACTS, type ImportField } from "./fields";
import type { Delimiter } from "./delimiters";
import { COMMENT_SIGN } from "./import-reader";

/**
 * A file to fill in: the header, then what each cell may hold and an example. Both are remarks that an import skips, so
 * that nobody registers the example.
 */
export function templateText(fields: readonly ImportField[], delimiter: Delimiter = ","): string {
  const remark = (word: string, of: (field: ImportField) => string) =>
    fields.map((field, index) => (index === 0 ? `${COMMENT_SIGN} ${word}: ${of(field)}` : of(field)));
  return csvLines(
    [
      [...fields],
      remark("Allowed", (field) => `${IMPORT_FIELD_FACTS[field].allowed}${IMPORT_FIELD_FACTS[field].required ? " (required)" : ""}`),
      remark("Example", (field) => IMPORT_FIELD_FACTS[field].example),
    ],
    { delimiter, withMark: true },
  );
}
