import { listGroupsSchema } from "@/server/domain/groups/schema";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { type GroupView, readGroups } from "./read-groups";

/** The caller's groups in the tree's order, with their devices counted: one query. */
export async function listGroups({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<GroupView[]> {
  const { farmId, archived } = parseInput(listGroupsSchema, input);
  const groups = await readGroups(ctx.db, ctx.actor, farmId);
  return archived ? groups : groups.filter((group) => group.active);
}
