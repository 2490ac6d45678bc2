import type { Database, Transaction } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import type { Actor } from "@/server/actor";
import { AppError } from "@/server/errors";
import { farmIdsWith, requireUser } from "@/server/services/authorize";

/**
 * An import of the caller's own, or any for an admin.
 * @throws not_found also when it touches a farm that is no longer the caller's
 */
export async function requireImport(db: Database | Transaction, actor: Actor, id: string): Promise<ImportJob> {
  const user = requireUser(actor);
  const job = await db.importJob.findFirst({ where: { id, ...(user.isAdmin ? {} : { createdById: user.userId }) } });
  const readable = farmIdsWith(actor, "device.read");
  if (!job || (readable && !job.farmIds.every((farmId) => readable.includes(farmId))))
    throw new AppError("not_found", "There is no such import of yours.");
  return job;
}

/** @throws forbidden unless the caller may register devices on some farm */
export function requireImporter(actor: Actor) {
  const user = requireUser(actor);
  if (farmIdsWith(actor, "device.provision")?.length === 0) throw new AppError("forbidden", "Your role does not allow imports.");
  return user;
}
