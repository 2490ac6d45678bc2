import { fieldError } from "@/server/errors";

/** Cursors over lists that are read by page number. @throws invalid_input for one that is none */
export function pageOf(cursor: unknown): number {
  if (cursor === undefined) return 1;
  const page = typeof cursor === "string" ? /^p([1-9]\d{0,4})$/.exec(cursor)?.[1] : undefined;
  if (!page) throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
  return Number(page);
}

export function cursorAfter({ page, pageSize, total }: { page: number; pageSize: number; total: number }): string | null {
  return page * pageSize < total ? `p${page + 1}` : null;
}
