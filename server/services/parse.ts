import type { z } from "zod";
import { AppError } from "@/server/errors";

/**
 * Validates input at the door of a service.
 * @throws invalid_input with one message per offending field path
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".")] ??= issue.message;
  const [field, message] = Object.entries(fields)[0] ?? ["", "Invalid input"];
  throw new AppError("invalid_input", field ? `${field}: ${message}` : message, { fields });
}
