import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { serveEmbeddedDatabase } from "./embedded/serve";
import { migrate } from "./migrate";
import { diffSchema } from "./schema-diff";

const MIGRATIONS = "prisma/migrations";

// `npm run db:migration -- <name>`: writes the SQL between the existing migrations and the schema as a new migration.
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: npm run db:migration -- <name>   (lower case letters, digits and underscores)");
  process.exit(1);
}

await mkdir(MIGRATIONS, { recursive: true });
const socketFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-"));
const database = await serveEmbeddedDatabase({ socketFolder });
try {
  await migrate(database.url, MIGRATIONS);
  const sql = await diffSchema(database.url, "prisma");
  if (sql === "") {
    console.log("The schema has not changed since the last migration.");
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = path.join(MIGRATIONS, `${stamp}_${name}`);
    await mkdir(folder);
    await writeFile(path.join(folder, "migration.sql"), sql);
    console.log(`Wrote ${path.join(folder, "migration.sql")}. Read it before you commit it.`);
  }
} finally {
  await database.stop();
  await rm(socketFolder, { recursive: true, force: true });
}
