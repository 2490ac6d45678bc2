import { z } from "zod";
import { IMPORT_FIELDS } from "./fields";
import { MAX_CELL_LENGTH, MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS } from "./limits";
import { ERROR_POLICIES, IMPORT_MODES, IMPORT_STATES, IMPORT_VERDICTS } from "./vocabulary";

/** How a file is taken. */
export const importSettingsSchema = z.object({
  mode: z.enum(IMPORT_MODES, "Choose what is imported").default("create"),
  onError: z.enum(ERROR_POLICIES, "Choose what happens with wrong rows").default("all_or_nothing"),
  /** For new devices whose row names no farm. */
  defaultFarmId: z
    .uuid("Choose a farm")
    .nullish()
    .transform((value) => value ?? null),
  /** New devices get passwords, to be downloaded once; else they are drafts. */
  issueCredentials: z.boolean().default(false),
});
export type ImportSettings = z.output<typeof importSettingsSchema>;

export const importIdSchema = z.object({ id: z.uuid() });

/** Has the server read a file and judge every row. Nothing is written to devices. */
export const checkImportSchema = importSettingsSchema.extend({
  id: z.uuid(),
  /** For each column of the file, the field it holds. */
  mapping: z.array(z.enum(IMPORT_FIELDS).nullable()).max(MAX_IMPORT_COLUMNS),
});

/** `previewHash` names what was looked at: file, settings and mended cells. When it is no longer so, nothing is done. */
export const commitImportSchema = importIdSchema.extend({
  previewHash: z.string().regex(/^[0-9a-f]{64}$/, "Expected the hash of the preview"),
});

/** Puts other values into cells of the preview; an empty value empties the cell. */
export const mendCellsSchema = importIdSchema.extend({
  cells: z
    .array(
      z.object({
        row: z.number().int().min(1).max(MAX_IMPORT_ROWS),
        field: z.enum(IMPORT_FIELDS),
        value: z.string().max(MAX_CELL_LENGTH, `At most ${MAX_CELL_LENGTH.toLocaleString("en")} characters`),
      }),
    )
    .min(1)
    .max(200),
});

export const importRowsSchema = importIdSchema.extend({
  verdicts: z.array(z.enum(IMPORT_VERDICTS)).default([]),
  /** Row after which the page begins. */
  cursor: z.number().int().min(0).nullish(),
  limit: z.number().int().min(1).max(500).default(200),
});

export const listImportsSchema = z.object({
  states: z.array(z.enum(IMPORT_STATES)).default([]),
  cursor: z.uuid().nullish(),
  pageSize: z.number().int().min(1).max(100).default(30),
});
