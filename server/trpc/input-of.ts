import type { z } from "zod";

/**
 * Types a procedure's input by a service's schema without parsing twice: the service parses, once, for every
 * transport, and answers with our own field errors.
 */
export function inputOf<S extends z.ZodType>(_schema: S): (value: unknown) => z.input<S> {
  return (value) => value as z.input<S>;
}
