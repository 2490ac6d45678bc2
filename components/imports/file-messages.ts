import type { Issue } from "@/server/domain/imports/read-cells";
import type { FileHead } from "@/server/domain/imports/import-reader";
import type { ColumnMapping } from "@/server/domain/imports/match-columns";

/** What the page asks of the worker that reads a file. */
export type FileRequest =
  | { kind: "read"; file: File }
  /** Judges the cells of the sample by another mapping. */
  | { kind: "look"; mapping: ColumnMapping };

/** What the worker answers. */
export type FileAnswer =
  | { kind: "progress"; rows: number; share: number }
  | { kind: "read"; head: FileHead; rows: number; sample: string[][] }
  | { kind: "fault"; message: string }
  | { kind: "looked"; /** One list for each row of the sample. */ issues: Issue[][] };
