import { groupBy } from "../group-by";

/** A group as far as the tree's rules need it. */
export interface GroupNode {
  id: string;
  name: string;
  parentId: string | null;
  farmId: string | null;
  active: boolean;
}

export function nodesById<Node extends GroupNode>(nodes: readonly Node[]): Map<string, Node> {
  return new Map(nodes.map((node) => [node.id, node]));
}

/** From the top of the tree down to the group itself. Ends even if the rows were to form a circle. */
export function lineageOf<Node extends GroupNode>(nodes: ReadonlyMap<string, Node>, id: string): Node[] {
  const lineage = new Set<Node>();
  let node = nodes.get(id);
  while (node && !lineage.has(node)) {
    lineage.add(node);
    node = node.parentId === null ? undefined : nodes.get(node.parentId);
  }
  return [...lineage].reverse();
}

/** Levels from the group down to its deepest sub-group; 1 = it has none. */
export function heightOf(nodes: ReadonlyMap<string, GroupNode>, id: string): number {
  const depths = [...nodes.keys()].map((other) => {
    const lineage = lineageOf(nodes, other);
    const at = lineage.findIndex((node) => node.id === id);
    return at === -1 ? 0 : lineage.length - at;
  });
  return Math.max(1, ...depths);
}

export interface GroupBranch<Node extends GroupNode> {
  group: Node;
  children: GroupBranch<Node>[];
}

/** The tree of a flat list, in the list's order. A group whose parent is not in the list stands at the top. */
export function toTree<Node extends GroupNode>(groups: readonly Node[]): GroupBranch<Node>[] {
  const known = nodesById(groups);
  const children = groupBy(groups, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : ""));
  const branchesOf = (parentId: string): GroupBranch<Node>[] =>
    (children.get(parentId) ?? []).map((group) => ({ group, children: branchesOf(group.id) }));
  return branchesOf("");
}

/** The groups whose name or code contains the words, with everything above them, so that they keep their place. */
export function findInTree<Node extends GroupNode & { code: string }>(groups: readonly Node[], search: string): Node[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [...groups];
  const nodes = nodesById(groups);
  const matches = groups.filter((group) => `${group.name}\n${group.code}`.toLowerCase().includes(wanted));
  const kept = new Set(matches.flatMap((group) => lineageOf(nodes, group.id)));
  return groups.filter((group) => kept.has(group));
}
