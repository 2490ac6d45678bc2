import type { Database } from "@/server/db/client";
import type { ToldAlert, ToldLook } from "./script";

/** What came of a day, as the database has it, in the oracle's words. */
export async function tellAlerts(db: Database, farmIds: readonly string[]): Promise<ToldAlert[]> {
  const alerts = await db.alert.findMany({
    include: { device: { select: { deviceId: true } }, group: { select: { name: true } }, events: true },
  });
  return alerts.map(({ device, group, farmId, ...alert }) => ({
    subject: device?.deviceId ?? (group ? groupSubject(group.name, farmIds.indexOf(farmId ?? "")) : "system"),
    condition: alert.condition,
    begins: alert.firstOccurrence.getTime(),
    ends: alert.resolvedAt?.getTime() ?? null,
    occurrences: alert.occurrenceCount,
    flaps: alert.flaps,
    value: alert.value,
    timeline: alert.events.map(({ at, kind, severity }) => ({ at: at.getTime(), kind, severity: severity ?? "" })),
  }));
}

function groupSubject(name: string, farm: number): string {
  return `${name.toLowerCase()} of farm ${farm}`;
}

/** How it is at this moment. */
export async function tellLook(db: Database, at: number, farmIds: readonly string[]): Promise<ToldLook> {
  const states = await db.deviceState.findMany({
    where: { device: { lifecycle: "active" } },
    select: { healthStatus: true, device: { select: { deviceId: true } } },
  });
  const open = await db.alert.findMany({
    where: { state: { not: "resolved" }, deviceKey: { not: null } },
    select: {
      condition: true,
      farmId: true,
      device: { select: { deviceId: true } },
      parent: { select: { group: { select: { name: true } } } },
    },
  });
  return {
    at,
    health: states.map(({ healthStatus, device }) => `${device.deviceId} is ${healthStatus}`),
    open: open.map(({ condition, farmId, device, parent }) => {
      const above = parent?.group ? groupSubject(parent.group.name, farmIds.indexOf(farmId ?? "")) : "nobody";
      return `${device?.deviceId} ${condition} under ${above}`;
    }),
  };
}
