import type { DeviceType } from "../devices/device-type";
import { DEVICE_TYPE_FACTS } from "../devices/device-type";
import { type GroupNode, heightOf, lineageOf, nodesById } from "./tree";

/** Deeper trees cannot be read on a phone, and no farm needs them. */
export const MAX_GROUP_LEVELS = 6;

interface GroupRules {
  name: string;
  farmId: string | null;
  deviceType: DeviceType | null;
  active: boolean;
}

/**
 * Why a device may not join a group; `undefined` = it may. A farm's group takes the devices of that farm, one without a
 * farm those of every farm; a type filter counts for the group's own devices, its sub-groups have filters of their own.
 */
export function joinRefusal(group: GroupRules, device: { farmId: string; type: DeviceType }): string | undefined {
  if (!group.active) return `${group.name} is archived, choose another group`;
  if (group.farmId !== null && group.farmId !== device.farmId) return `${group.name} belongs to another farm`;
  if (group.deviceType !== null && group.deviceType !== device.type)
    return `${group.name} takes only ${DEVICE_TYPE_FACTS[group.deviceType].plural.toLowerCase()}`;
  return undefined;
}

export type PlacementRefusal = "unknown_parent" | "inside_itself" | "archived_parent" | "other_farm" | "too_deep";

export const PLACEMENT_REFUSALS: Record<PlacementRefusal, string> = {
  unknown_parent: "There is no such group on your farms",
  inside_itself: "A group cannot be inside itself or one of its sub-groups",
  archived_parent: "That group is archived, restore it first",
  other_farm: "A farm's group takes only groups of the same farm",
  too_deep: `Groups go ${MAX_GROUP_LEVELS} levels deep at most`,
};

/**
 * Why a group may not stand under a parent (`null` = top level, always allowed); `undefined` = it may. What is under a
 * farm's group belongs to that farm; under one that spans farms anything may stand.
 * @param group without an id when it is about to be created
 */
export function placementRefusal(
  nodes: ReadonlyMap<string, GroupNode>,
  group: { id?: string; farmId: string | null },
  parentId: string | null,
): PlacementRefusal | undefined {
  if (parentId === null) return undefined;
  const parent = nodes.get(parentId);
  if (!parent) return "unknown_parent";
  const lineage = lineageOf(nodes, parentId);
  if (group.id !== undefined && lineage.some(({ id }) => id === group.id)) return "inside_itself";
  if (!parent.active) return "archived_parent";
  if (parent.farmId !== null && parent.farmId !== group.farmId) return "other_farm";
  const height = group.id === undefined ? 1 : heightOf(nodes, group.id);
  return lineage.length + height > MAX_GROUP_LEVELS ? "too_deep" : undefined;
}

/** Whether one group can be put before another: beside each other, and of the same farm, for each farm orders its own. */
export function mayPrecede(group: { id: string; farmId: string | null }, parentId: string | null, before: GroupNode | undefined): boolean {
  return before !== undefined && before.id !== group.id && before.parentId === parentId && before.farmId === group.farmId;
}

export type DropZone = "before" | "inside" | "after";

/**
 * Where a group comes to stand when it is dropped on another one, or `undefined` where it may not.
 * @param groups in the tree's order
 */
export function planDrop(
  groups: readonly GroupNode[],
  draggedId: string,
  targetId: string,
  zone: DropZone,
): { id: string; parentId: string | null; beforeId: string | null } | undefined {
  const nodes = nodesById(groups);
  const [dragged, target] = [nodes.get(draggedId), nodes.get(targetId)];
  if (!dragged || !target || dragged === target) return undefined;
  const parentId = zone === "inside" ? target.id : target.parentId;
  if (placementRefusal(nodes, dragged, parentId)) return undefined;
  if (zone === "inside") return { id: dragged.id, parentId, beforeId: null };
  if (!mayPrecede(dragged, parentId, target)) return undefined;
  if (zone === "before") return { id: dragged.id, parentId, beforeId: target.id };
  const neighbours = groups.filter((group) => group === target || mayPrecede(dragged, parentId, group));
  return { id: dragged.id, parentId, beforeId: neighbours[neighbours.indexOf(target) + 1]?.id ?? null };
}

const LONGEST_CODE = 32;

/** A code for a new group from its name and farm: `NORD-LEFT-SIDE`. */
export function proposeGroupCode(name: string, farmCode: string | undefined): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toUpperCase();
  const words = plain.replace(/[^A-Z0-9]+/g, "-").replace(/^-|-$/g, "");
  return (words && farmCode ? `${farmCode}-${words}` : words).slice(0, LONGEST_CODE).replace(/-$/, "");
}
