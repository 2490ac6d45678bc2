import { z } from "zod";
import { requiredLine } from "../text";

/** Keeps a state of the device list under a name. */
export const saveViewSchema = z.object({
  name: requiredLine(60, "Give the view a name"),
  /** The query of the list's URL, without the question mark. */
  query: z
    .string()
    .max(2_000)
    .regex(/^[\x21-\x7e]*$/, "Expected the query of a URL"),
  shared: z.boolean().default(false),
  /** Overwrites the own view of this name; without it a taken name is refused. */
  replace: z.boolean().default(false),
});

export const deleteViewSchema = z.object({ id: z.uuid() });
