import { z } from "zod";

// Control characters, lone surrogates and the direction overrides that can disguise what a text says.
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** One line that a person typed: trimmed, without control characters, at most `max` characters. */
export function lineOfText(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .refine((value) => !FORBIDDEN.test(value), "Contains characters that cannot be shown, please type it again");
}

/** Like {@link lineOfText}, but may not be empty. */
export function requiredLine(max: number, message: string) {
  return lineOfText(max).min(1, message);
}

/** A line that may be left empty; empty becomes `null`. */
export function optionalLine(max: number) {
  return lineOfText(max)
    .nullish()
    .transform((value) => (value ? value : null));
}

/** Several lines that may be left empty, for notes; empty becomes `null`, line ends become `\n`. */
export function optionalText(max: number) {
  return z
    .string()
    .transform((value) => value.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .max(max, `At most ${max} characters`)
        .refine((value) => !FORBIDDEN.test(value.replace(/[\n\t]/g, "")), "Contains characters that cannot be shown, please type it again"),
    )
    .nullish()
    .transform((value) => (value ? value : null));
}
