import type { Transaction } from "@/server/db/client";

/**
 * Keeps those who count numbers apart from those who register devices, until the transaction ends: without it a block
 * could be reserved around a device that is just being registered. Call it before the first look at IDs.
 * @param prefixes of the IDs in question (MM, TS …)
 * @param how `counting` when the next free number is taken, `registering` when the IDs are known already
 */
export async function holdDeviceIds(tx: Transaction, prefixes: readonly string[], how: "counting" | "registering"): Promise<void> {
  // In one order for everybody, so that two transactions never wait for each other in a circle.
  const names = [...new Set(prefixes)].sort().map((prefix) => `device id ${prefix}`);
  if (how === "counting") {
    await tx.$queryRaw`SELECT count(*) FROM (SELECT pg_advisory_xact_lock(hashtext(name)) FROM unnest(${names}::text[]) AS name) AS held`;
  } else {
    await tx.$queryRaw`SELECT count(*) FROM (SELECT pg_advisory_xact_lock_shared(hashtext(name)) FROM unnest(${names}::text[]) AS name) AS held`;
  }
}
