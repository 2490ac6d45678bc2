/** What one import takes. The browser, the upload and the REST interface hold to the same. */
export const MAX_IMPORT_BYTES = 134_217_728;
export const MAX_IMPORT_ROWS = 1_000_000;
export const MAX_IMPORT_COLUMNS = 100;
/** Characters of one cell. */
export const MAX_CELL_LENGTH = 2_000;
/** Characters of one row. A quote that is never closed would otherwise swallow the file. */
export const MAX_ROW_LENGTH = 262_144;
