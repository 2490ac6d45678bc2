import type { Transaction } from "@/server/db/client";
import { fieldError } from "@/server/errors";

/** @throws conflict at `code`. Codes are unique over all farms; whose it is, is not said. */
export async function refuseTakenCode(tx: Transaction, code: string, exceptId?: string): Promise<void> {
  if ((await tx.deviceGroup.count({ where: { code, id: { not: exceptId } } })) > 0)
    throw fieldError("conflict", "code", `The code ${code} is taken, choose another one`);
}
