import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import type { ApiError } from "./trpc";

/**
 * Puts what the server said about single fields at those fields.
 * @returns the sentence to show above the form when it belongs to no field of it
 */
export function applyFieldErrors<T extends FieldValues>(
  error: ApiError,
  setError: UseFormSetError<T>,
  fields: readonly Path<T>[],
): string | undefined {
  const known = Object.entries(error.data?.fields ?? {}).filter(([field]) =>
    fields.some((path) => field === path || field.startsWith(`${path}.`)),
  );
  known.forEach(([field, message], index) => setError(field as Path<T>, { type: "server", message }, { shouldFocus: index === 0 }));
  return known.length > 0 ? undefined : error.message;
}
