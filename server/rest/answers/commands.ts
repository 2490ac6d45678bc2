import { z } from "zod";
import { COMMAND_KINDS, COMMAND_STATES } from "@/server/domain/commands/schema";
import { CHECK_RESULTS, CHECK_SOURCES } from "@/server/domain/diagnostics/check";
import { DIAGNOSTIC_STATES } from "@/server/domain/diagnostics/schema";
import { instant, maybeInstant, nextCursor } from "./shared";

export const issuedCommand = z
  .object({ commandId: z.uuid(), expiresAt: instant.meta({ description: "When it is given up, should the device stay away" }) })
  .meta({ id: "IssuedCommand" });

export const startedDiagnostic = z
  .object({
    diagnosticId: z.uuid(),
    commandId: z.uuid().nullable(),
    isNew: z.boolean().meta({ description: "`false`: one was running already, and this is it" }),
  })
  .meta({ id: "StartedDiagnostic" });

const command = z
  .object({
    id: z.uuid(),
    kind: z.enum(COMMAND_KINDS),
    state: z.enum(COMMAND_STATES),
    reason: z.string().nullable(),
    forced: z.boolean(),
    issuedBy: z.string().nullable(),
    issuedAt: instant,
    sentAt: maybeInstant,
    acknowledgedAt: maybeInstant,
    finishedAt: maybeInstant,
    expiresAt: instant,
    attempts: z.number().int(),
    error: z.string().nullable(),
  })
  .meta({ id: "Command" });
export const commandPage = z.object({ commands: z.array(command), nextCursor }).meta({ id: "CommandPage" });

const diagnosticSummary = z.object({
  id: z.uuid(),
  state: z.enum(DIAGNOSTIC_STATES),
  requestedAt: instant,
  requestedBy: z.string().nullable(),
  finishedAt: maybeInstant,
  result: z.enum(CHECK_RESULTS).nullable(),
  counts: z.object({ passed: z.number().int(), warning: z.number().int(), failed: z.number().int() }),
});
export const diagnosticPage = z.object({ diagnostics: z.array(diagnosticSummary), nextCursor }).meta({ id: "DiagnosticPage" });

export const diagnostic = diagnosticSummary
  .extend({
    deviceId: z.string(),
    checks: z.array(
      z.object({
        key: z.string(),
        source: z.enum(CHECK_SOURCES),
        result: z.enum(CHECK_RESULTS),
        value: z.string().nullable(),
        nextStep: z.string().nullable(),
        change: z.enum(["better", "worse", "same", "new"]),
        previousValue: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Diagnostic" });
