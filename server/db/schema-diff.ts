import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type * as Engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const INTERNAL_CHAR_OID = 18;
const BPCHAR_OID = 1042;

/** Rows of a result → positions of its columns of PostgreSQL's internal type "char". */
const charColumns = new WeakMap<object, number[]>();

/** The catalogue has columns of the internal type "char", which adapter-pg refuses; it is shown bpchar instead. */
class CataloguePool extends pg.Pool {
  override query = (async (...args: unknown[]) => {
    const result = await (pg.Pool.prototype.query.apply(this, args as never) as unknown as Promise<pg.QueryArrayResult>);
    const positions: number[] = [];
    result.fields.forEach((field, position) => {
      if (field.dataTypeID !== INTERNAL_CHAR_OID) return;
      field.dataTypeID = BPCHAR_OID;
      positions.push(position);
    });
    charColumns.set(result.rows, positions);
    return result;
  }) as pg.Pool["query"];
}

/** An adapter that declares those columns as single characters again, as the engine demands. */
class CatalogueAdapterFactory extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const position of charColumns.get(result.rows) ?? []) {
        result.columnTypes[position] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }
}

/** The Prisma schema as the engine wants it: [path, content] pairs. */
async function readSchema(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".prisma"));
  return Promise.all(
    files.map(async (entry): Promise<[string, string]> => {
      const file = path.join(entry.parentPath, entry.name);
      return [file, await readFile(file, "utf8")];
    }),
  );
}

type EngineModule = typeof Engine;

let engineModule: Promise<EngineModule> | undefined;

async function loadEngine(): Promise<EngineModule> {
  // The package's main entry imports .wasm as a module, which only bundlers can; in Node it is instantiated by hand.
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const wasm = await readFile(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports as unknown as { __wbindgen_start(): void }).__wbindgen_start();
  return engine;
}

/**
 * SQL that turns the database at `url` into what `schemaFolder` describes; empty when they agree.
 * Uses Prisma's schema engine compiled to WASM, because the native one cannot be downloaded everywhere.
 */
export async function diffSchema(url: string, schemaFolder: string): Promise<string> {
  // Its glue code caches views of one memory: instantiating it a second time would break both.
  const { SchemaEngine } = await (engineModule ??= loadEngine());
  const schema = await readSchema(schemaFolder);
  const files = schema.map(([file, content]) => ({ path: file, content }));
  const pool = new CataloguePool({ connectionString: url, max: 2 });
  const factory = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapterFactory(pool));
  const engine = await SchemaEngine.new({ datamodels: schema }, () => undefined, factory);
  try {
    const result = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: schemaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
    });
    const sql: string = result.stdout ?? "";
    return /^\s*(--[^\n]*\n?\s*)*$/.test(sql) ? "" : sql;
  } finally {
    engine.free();
    await pool.end();
  }
}
