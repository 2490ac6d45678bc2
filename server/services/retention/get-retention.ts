import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { readRetention } from "./read-retention";

export type RetentionView = Awaited<ReturnType<typeof getRetention>>;

/** How long things are kept. */
export async function getRetention({ ctx }: { ctx: ServiceContext }) {
  requireAdmin(ctx.actor);
  return readRetention(ctx.db);
}
