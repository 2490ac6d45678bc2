import type { Prisma } from "@/server/db/generated/client";

export const FARM_INCLUDE = {
  milkingSessions: { orderBy: { startMinute: "asc" } },
  _count: { select: { devices: { where: { lifecycle: { not: "decommissioned" } } } } },
} satisfies Prisma.FarmInclude;

export type FarmView = ReturnType<typeof toFarmView>;

export function toFarmView(row: Prisma.FarmGetPayload<{ include: typeof FARM_INCLUDE }>) {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    timeZone: row.timeZone,
    address: row.address,
    latitude: row.latitude,
    longitude: row.longitude,
    freezeUntil: row.freezeUntil,
    freezeReason: row.freezeReason,
    version: row.version,
    deviceCount: row._count.devices,
    milkingSessions: row.milkingSessions.map(({ id, name, weekdays, startMinute, endMinute }) => ({
      id,
      name,
      weekdays,
      startMinute,
      endMinute,
    })),
  };
}
