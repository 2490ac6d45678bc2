import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

/**
 * Checks a form with a schema that loads, with zod (30 KB), at the first key or touch on the page instead of before it.
 * Should that fail, the form is sent as it is: the server checks with the same schema and names the same fields.
 */
export function lazyResolver<Input extends FieldValues, Output>(
  load: () => Promise<z.ZodType<Output, Input>>,
): Resolver<Input, unknown, Output> {
  let loading: Promise<Resolver<Input, unknown, Output>> | undefined;
  const start = () => {
    loading ??= Promise.all([import("@hookform/resolvers/zod"), load()]).then(([{ zodResolver }, schema]) => zodResolver(schema));
    loading.catch(() => (loading = undefined));
    return loading;
  };
  if (typeof window !== "undefined") {
    for (const event of ["keydown", "pointerdown"]) window.addEventListener(event, () => void start(), { once: true, capture: true });
  }
  return async (values, context, options) => {
    const resolve = await start().catch(() => undefined);
    return resolve ? resolve(values, context, options) : { values: values as unknown as Output, errors: {} };
  };
}
