import type { Transaction } from "@/server/db/client";
import { announce, announceEverywhere } from "@/server/services/feed/announce";

/** Tells those who see the groups. @param farmIds of the groups; `null` among them = one that spans farms */
export async function announceGroups(tx: Transaction, farmIds: readonly (string | null)[], ids: string[]): Promise<void> {
  if (farmIds.includes(null)) await announceEverywhere(tx, "groups", ids);
  else await announce(tx, { topic: "groups", farmIds: [...new Set(farmIds)].filter((farmId) => farmId !== null), ids });
}
