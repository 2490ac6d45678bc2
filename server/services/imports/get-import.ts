import { importIdSchema, listImportsSchema } from "@/server/domain/imports/schema";
import { farmIdsWith, requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { requireImport } from "./require-import";
import { toImportView, type ImportView } from "./views";

/** One import, with how far it is. @throws not_found unless it is the caller's, or they are an admin */
export async function getImport({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<ImportView> {
  const { id } = parseInput(importIdSchema, input);
  return toImportView(await requireImport(ctx.db, ctx.actor, id), ctx.now);
}

/** Imports, the newest first: the caller's own, for an admin everybody's. */
export async function listImports({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: unknown;
}): Promise<{ imports: ImportView[]; nextCursor: string | null }> {
  const { userId, isAdmin } = requireUser(ctx.actor);
  const readable = farmIdsWith(ctx.actor, "device.read");
  const { states, cursor, pageSize } = parseInput(listImportsSchema, input);
  const rows = await ctx.db.importJob.findMany({
    where: { ...(isAdmin ? {} : { createdById: userId }), ...(states.length > 0 ? { state: { in: states } } : {}) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  // Of farms that are no longer theirs nothing is told.
  const mine = readable ? page.filter(({ farmIds }) => farmIds.every((farmId) => readable.includes(farmId))) : page;
  return { imports: mine.map((row) => toImportView(row, ctx.now)), nextCursor: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}
