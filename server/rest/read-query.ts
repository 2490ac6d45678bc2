import { z } from "zod";
import { AppError } from "@/server/errors";

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Reader = (texts: string[]) => unknown;

/**
 * What a query string says in the types that the schema expects: repeated names are lists, `true` and `false` booleans.
 * What cannot be read so is left as text, for the schema to refuse it.
 * @throws invalid_input naming a parameter that does not exist, that is said twice, or that holds a NUL character
 */
export function readQuery(searchParams: URLSearchParams, schema: z.ZodObject | undefined): Record<string, unknown> {
  const readers = schema ? readersOf(schema) : {};
  const query: Record<string, unknown> = {};
  for (const name of new Set(searchParams.keys())) {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (!read)
      throw new AppError("invalid_input", `There is no parameter ${name.slice(0, 50)}.`, { fields: { [name]: "No such parameter" } });
    const texts = searchParams.getAll(name);
    // No text in the database may hold one.
    if (texts.some((text) => text.includes("\0")))
      throw new AppError("invalid_input", `${name} contains a NUL character.`, { fields: { [name]: "Take the NUL character out" } });
    query[name] = read(texts);
  }
  return query;
}

const known = new WeakMap<z.ZodObject, Record<string, Reader>>();

function readersOf(schema: z.ZodObject): Record<string, Reader> {
  const found = known.get(schema);
  if (found) return found;
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const readers = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, readerOf(property as JsonSchema)]));
  known.set(schema, readers);
  return readers;
}

function readerOf(property: JsonSchema): Reader {
  const type = typesOf(property);
  if (type.includes("array")) return (texts) => texts;
  // A list where one value belongs is refused by the schema.
  const one =
    (read: (text: string) => unknown): Reader =>
    (texts) =>
      texts.length === 1 ? read(texts[0] ?? "") : texts;
  if (type.includes("boolean")) return one((text) => (text === "true" ? true : text === "false" ? false : text));
  if (type.includes("number") || type.includes("integer"))
    return one((text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text));
  return one((text) => text);
}

function typesOf({ type, anyOf = [] }: JsonSchema): string[] {
  return [...[type ?? []].flat(), ...anyOf.flatMap(typesOf)];
}
