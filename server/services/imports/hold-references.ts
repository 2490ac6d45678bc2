import type { Transaction } from "@/server/db/client";
import { joinRefusal } from "@/server/domain/groups/policy";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { ImportGroup } from "@/server/domain/imports/rules";

/** Groups and tags as they are until the transaction ends: nobody archives or deletes them in between. */
export class References {
  readonly #groups: ReadonlyMap<string, ImportGroup>;
  readonly tagIds: ReadonlySet<string>;

  private constructor(groups: readonly ImportGroup[], tagIds: readonly string[]) {
    this.#groups = new Map(groups.map((group) => [group.id, group]));
    this.tagIds = new Set(tagIds);
  }

  /** Two statements; none when nothing is named. */
  static async hold(tx: Transaction, groupIds: readonly string[], tagIds: readonly string[]): Promise<References> {
    const groups =
      groupIds.length === 0
        ? []
        : await tx.$queryRaw<ImportGroup[]>`
            SELECT id, code, name, farm_id AS "farmId", device_type::text AS "deviceType", active FROM device_group
            WHERE id = ANY(${[...new Set(groupIds)]}::uuid[]) ORDER BY id FOR SHARE`;
    const tags =
      tagIds.length === 0
        ? []
        : await tx.$queryRaw<{ id: string }[]>`
            SELECT id FROM device_tag WHERE id = ANY(${[...new Set(tagIds)]}::uuid[]) ORDER BY id FOR KEY SHARE`;
    return new References(
      groups,
      tags.map(({ id }) => id),
    );
  }

  /** Why a device may not join a group now; `undefined` = it may, or names none. */
  refusal(groupId: string | null | undefined, device: { farmId: string; type: DeviceType }): string | undefined {
    if (!groupId) return undefined;
    const group = this.#groups.get(groupId);
    return group ? joinRefusal(group, device) : "Its group is gone";
  }

  /** Why tags cannot be given now. */
  missingTag(tagIds: readonly string[] | undefined): string | undefined {
    return tagIds?.every((id) => this.tagIds.has(id)) === false ? "One of its tags is gone" : undefined;
  }
}
