import { defineConfig } from "prisma/config";

// `prisma generate` only needs the WASM parser, yet insists on locating the native schema engine, which cannot be
// downloaded everywhere. Any existing executable satisfies the check; migrations run through our own runner.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  // Only `prisma migrate deploy` reads this, on machines that do have the native engine.
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
