import { env } from "@/server/env";
import { openDatabase, type Database } from "./client";

const holder = globalThis as { smartDairyDatabase?: Database };

/** This process's pool. Kept on globalThis, because development servers load modules again after every edit. */
export function database(): Database {
  holder.smartDairyDatabase ??= openDatabase({ url: env().DATABASE_URL, poolSize: env().DATABASE_POOL_SIZE });
  return holder.smartDairyDatabase;
}
