import { getDiagnosticSchema, listDiagnosticsSchema, runDiagnosticSchema } from "@/server/domain/diagnostics/schema";
import { getDiagnostic } from "@/server/services/diagnostics/get-diagnostic";
import { listDiagnostics } from "@/server/services/diagnostics/list-diagnostics";
import { runDiagnostic } from "@/server/services/diagnostics/run-diagnostic";
import { procedure, router } from "../init";
import { inputOf } from "../input-of";

export const diagnosticsRouter = router({
  run: procedure.input(inputOf(runDiagnosticSchema)).mutation(({ ctx, input }) => runDiagnostic({ ctx: ctx.service, input })),
  list: procedure.input(inputOf(listDiagnosticsSchema)).query(({ ctx, input }) => listDiagnostics({ ctx: ctx.service, input })),
  get: procedure.input(inputOf(getDiagnosticSchema)).query(({ ctx, input }) => getDiagnostic({ ctx: ctx.service, input })),
});
