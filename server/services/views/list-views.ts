import { farmIdsWith, requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface DeviceView {
  id: string;
  name: string;
  /** Query of the device list's URL. */
  query: string;
  shared: boolean;
  isMine: boolean;
  ownerName: string;
}

/** The caller's views, and those that admins and people of the same farms share. */
export async function listViews({ ctx }: { ctx: ServiceContext }): Promise<DeviceView[]> {
  const user = requirePerson(ctx.actor);
  const farmIds = farmIdsWith(user, "device.read");
  const colleagues = farmIds ? { OR: [{ isAdmin: true }, { memberships: { some: { farmId: { in: farmIds } } } }] } : {};
  const rows = await ctx.db.savedView.findMany({
    where: { OR: [{ ownerId: user.userId }, { shared: true, owner: colleagues }] },
    include: { owner: { select: { name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 200,
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    query: row.query,
    shared: row.shared,
    isMine: row.ownerId === user.userId,
    ownerName: row.owner.name,
  }));
}
