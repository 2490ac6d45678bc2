import { groupIdSchema } from "@/server/domain/groups/schema";
import { lineageOf, nodesById } from "@/server/domain/groups/tree";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { type GroupView, readGroups } from "./read-groups";

export interface GroupPageView extends GroupView {
  /** From the top of the tree down to its parent. */
  ancestors: { id: string; name: string }[];
  /** Directly below it; archived ones too. */
  children: GroupView[];
}

/** One group with its place in the tree. @throws not_found outside the caller's farms */
export async function getGroup({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<GroupPageView> {
  const { id } = parseInput(groupIdSchema, input);
  const groups = await readGroups(ctx.db, ctx.actor);
  const nodes = nodesById(groups);
  const group = nodes.get(id);
  if (!group) throw new AppError("not_found", "There is no such group on your farms.");
  return {
    ...group,
    ancestors: lineageOf(nodes, id)
      .slice(0, -1)
      .map((ancestor) => ({ id: ancestor.id, name: ancestor.name })),
    children: groups.filter((other) => other.parentId === id),
  };
}
