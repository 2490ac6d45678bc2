import type { Transaction } from "@/server/db/client";
import { fieldError } from "@/server/errors";

/** @throws not_found at `farmId`: an admin's scope spans every farm, so only the database knows whether one exists. */
export async function requireFarm(tx: Transaction, farmId: string): Promise<void> {
  const found = await tx.farm.count({ where: { id: farmId } });
  if (found === 0) throw fieldError("not_found", "farmId", "There is no such farm among yours.");
}
