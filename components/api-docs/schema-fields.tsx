import type { Schema } from "./schema";

interface SchemaFieldsProps {
  schema: Schema;
  schemas: Record<string, Schema>;
  depth?: number;
}

const DEEPEST = 3;

/** The fields of an object, with those of the objects in it. */
export function SchemaFields({ schema: given, schemas, depth = 0 }: SchemaFieldsProps) {
  const schema = resolve(given, schemas);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices && !schema.properties)
    return choices.map((choice, index) => (
      <div key={index} className={index > 0 ? "mt-2 border-t pt-2" : undefined}>
        {index > 0 ? <p className="text-sm text-ink-3">or</p> : null}
        <SchemaFields schema={choice} schemas={schemas} depth={depth} />
      </div>
    ));
  if (!schema.properties) return <p className="text-sm text-ink-2">{typeName(schema)}</p>;
  return (
    <ul className={depth > 0 ? "mt-1 border-l pl-3" : undefined}>
      {Object.entries(schema.properties).map(([name, property]) => {
        const inner = objectIn(property, schemas);
        const meaning = property.description ?? inner?.description;
        return (
          <li key={name} className="py-1">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-mono text-sm">{name}</code>
              <span className="min-w-0 text-sm break-words text-ink-3">{typeName(property)}</span>
            </span>
            {meaning ? <span className="block text-sm text-ink-2">{meaning.replaceAll("`", "")}</span> : null}
            {inner && depth < DEEPEST ? <SchemaFields schema={inner} schemas={schemas} depth={depth + 1} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  return schema.$ref ? (schemas[nameOf(schema.$ref)] ?? {}) : schema;
}

function nameOf($ref: string): string {
  return $ref.split("/").at(-1) ?? "";
}

/** The object that a field holds, in a list or where `null` is possible too. */
function objectIn(schema: Schema, schemas: Record<string, Schema>): Schema | undefined {
  const found = resolve(schema, schemas);
  if (found.properties) return found;
  if (found.items) return objectIn(found.items, schemas);
  return (found.anyOf ?? found.oneOf)?.map((choice) => objectIn(choice, schemas)).find(Boolean);
}

/** A type in words: `date-time or null`, `list of text`, `one of open, used`. */
export function typeName(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeName))].join(" or ");
  if (schema.items) return `list of ${typeName(schema.items)}`;
  const types = [schema.type ?? "any"].flat();
  return types.map((type) => (type === "string" ? (schema.format ?? "text") : type)).join(" or ");
}
