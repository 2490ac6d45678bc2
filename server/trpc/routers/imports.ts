import {
  checkImportSchema,
  commitImportSchema,
  importIdSchema,
  importRowsSchema,
  listImportsSchema,
  mendCellsSchema,
} from "@/server/domain/imports/schema";
import { checkImport } from "@/server/services/imports/check-import";
import { commitImport } from "@/server/services/imports/commit-import";
import { discardImport } from "@/server/services/imports/discard-import";
import { getImport, listImports } from "@/server/services/imports/get-import";
import { listImportRows } from "@/server/services/imports/list-rows";
import { mendCells } from "@/server/services/imports/mend-cells";
import { getUndoOutlook, undoImport } from "@/server/services/imports/undo-import";
import { nudgeImports } from "@/server/services/imports/work-on-imports";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

/** Files come in by /api/imports/files, results and passwords go out by /api/imports/{id}. */
export const importsRouter = router({
  list: procedure.input(inputOf(listImportsSchema)).query(({ ctx, input }) => listImports({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(importIdSchema)).query(({ ctx, input }) => getImport({ ctx: ctx.service, input })),
  rows: procedure.input(inputOf(importRowsSchema)).query(({ ctx, input }) => listImportRows({ ctx: ctx.service, input })),
  check: procedure.input(inputOf(checkImportSchema)).mutation(async ({ ctx, input }) => {
    const view = await checkImport({ ctx: ctx.service, input });
    nudgeImports(ctx.db);
    return view;
  }),
  mend: procedure.input(inputOf(mendCellsSchema)).mutation(({ ctx, input }) => mendCells({ ctx: ctx.service, input })),
  commit: procedure.input(inputOf(commitImportSchema)).mutation(async ({ ctx, input }) => {
    const view = await commitImport({ ctx: ctx.service, input });
    nudgeImports(ctx.db);
    return view;
  }),
  undoOutlook: procedure.input(inputOf(importIdSchema)).query(({ ctx, input }) => getUndoOutlook({ ctx: ctx.service, input })),
  undo: procedure.input(inputOf(importIdSchema)).mutation(async ({ ctx, input }) => {
    const view = await undoImport({ ctx: ctx.service, input });
    nudgeImports(ctx.db);
    return view;
  }),
  discard: procedure.input(inputOf(importIdSchema)).mutation(({ ctx, input }) => discardImport({ ctx: ctx.service, input })),
});
