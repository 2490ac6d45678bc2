import type { Database, Transaction } from "@/server/db/client";
import { DEFAULT_RETENTION, RETENTION_KEYS, type Retention } from "@/server/domain/retention/settings";

/** How long things are kept: what an admin has chosen, else the defaults, which are version 0. */
export async function readRetention(db: Database | Transaction): Promise<{ settings: Retention; version: number; changedAt: Date | null }> {
  const row = await db.retentionSettings.findUnique({ where: { id: 1 } });
  if (!row) return { settings: DEFAULT_RETENTION, version: 0, changedAt: null };
  const settings = Object.fromEntries(RETENTION_KEYS.map((key) => [key, row[key]])) as unknown as Retention;
  return { settings, version: row.version, changedAt: row.updatedAt };
}
