import { inTransaction } from "@/server/db/in-transaction";
import { deleteViewSchema, saveViewSchema } from "@/server/domain/views/schema";
import { AppError, fieldError } from "@/server/errors";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

const MAX_VIEWS = 100;

/**
 * Keeps a view under a name of the caller's own.
 * @throws conflict on `name` when the caller has one of this name and does not mean to replace it
 */
export async function saveView({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<{ id: string }> {
  const { name, query, shared, replace } = parseInput(saveViewSchema, input);
  const { userId: ownerId } = requirePerson(ctx.actor);
  return inTransaction(ctx.db, async (tx) => {
    const existing = await tx.savedView.findUnique({ where: { ownerId_name: { ownerId, name } } });
    if (existing && !replace) throw fieldError("conflict", "name", "You have a view of this name");
    if (existing) return tx.savedView.update({ where: { id: existing.id }, data: { query, shared }, select: { id: true } });
    if ((await tx.savedView.count({ where: { ownerId } })) >= MAX_VIEWS) {
      throw fieldError("conflict", "name", `You have ${MAX_VIEWS} views; delete one first`);
    }
    return tx.savedView.create({ data: { ownerId, name, query, shared }, select: { id: true } });
  });
}

/** Deletes a view of the caller's own; an admin may delete any shared one. */
export async function deleteView({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<void> {
  const { id } = parseInput(deleteViewSchema, input);
  const user = requirePerson(ctx.actor);
  const { count } = await ctx.db.savedView.deleteMany({
    where: { id, OR: [{ ownerId: user.userId }, ...(user.isAdmin ? [{ shared: true }] : [])] },
  });
  if (count === 0) throw new AppError("not_found", "There is no such view of yours.");
}
