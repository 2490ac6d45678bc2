import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";

export const DIAGNOSTIC_STATES = ["running", "completed", "no_answer"] as const;
export type DiagnosticState = (typeof DIAGNOSTIC_STATES)[number];

export const runDiagnosticSchema = z.object({ deviceId: deviceIdSchema });

export const listDiagnosticsSchema = z.object({
  deviceId: deviceIdSchema,
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(50).default(8),
});

export const getDiagnosticSchema = z.object({ diagnosticId: z.uuid("Name a diagnostic by its id") });
