import type { Prisma } from "@/server/db/generated/client";
import { deviceListSchema, type DeviceListInput, type DeviceSort } from "@/server/domain/devices/schema";
import { farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { withSubgroups } from "@/server/services/groups/with-subgroups";
import { parseInput } from "@/server/services/parse";
import { SUMMARY_INCLUDE, toDeviceSummary, type DeviceSummary } from "./views";

export interface DevicePage {
  devices: DeviceSummary[];
  /** Devices that match the filters. */
  total: number;
  /** Devices on the caller's farms at all, so that "none match" differs from "none yet". */
  registered: number;
  page: number;
  pageSize: number;
}

/** One page of the caller's devices by search, filters and order. */
export async function listDevices({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<DevicePage> {
  const query = parseInput(deviceListSchema, input);
  const scope = farmFilter(ctx.actor, "device.read");
  const groupIds = query.includeSubgroups ? await withSubgroups(ctx.db, query.groupIds) : query.groupIds;
  const where: Prisma.DeviceWhereInput = { AND: [scope, filterOf({ ...query, groupIds })] };
  const [rows, total, registered] = await Promise.all([
    ctx.db.device.findMany({
      where,
      include: SUMMARY_INCLUDE,
      orderBy: [orderOf(query.sort, query.descending ? "desc" : "asc"), { deviceId: "asc" }],
      skip: (query.page - 1) * query.pageSize,
      take: query.pageSize,
    }),
    ctx.db.device.count({ where }),
    ctx.db.device.count({ where: scope }),
  ]);
  return { devices: rows.map((row) => toDeviceSummary(row, ctx.now)), total, registered, page: query.page, pageSize: query.pageSize };
}

function filterOf(query: DeviceListInput): Prisma.DeviceWhereInput {
  const anyOf = <T>(values: T[]) => (values.length > 0 ? { in: values } : undefined);
  return {
    farmId: anyOf(query.farmIds),
    type: anyOf(query.types),
    lifecycle: anyOf(query.lifecycles),
    groupId: anyOf(query.groupIds),
    tags: query.tagIds.length > 0 ? { some: { id: { in: query.tagIds } } } : undefined,
    state:
      query.health.length > 0 || query.needsAttention
        ? { healthStatus: anyOf(query.health), needsAttention: query.needsAttention || undefined }
        : undefined,
    OR: query.search ? searchOf(query.search) : undefined,
  };
}

function searchOf(search: string): Prisma.DeviceWhereInput[] {
  // Prisma passes the text as it is to ILIKE; % and _ are characters people search for.
  const contains = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  return [
    { deviceId: contains },
    { name: contains },
    { serialNumber: contains },
    { macAddress: contains },
    { model: contains },
    { location: contains },
  ];
}

function orderOf(sort: DeviceSort, direction: "asc" | "desc"): Prisma.DeviceOrderByWithRelationInput {
  const nullsLast = { sort: direction, nulls: "last" } as const;
  const orders: Record<DeviceSort, Prisma.DeviceOrderByWithRelationInput> = {
    deviceId: { deviceId: direction },
    name: { name: direction },
    type: { type: direction },
    farm: { farm: { name: direction } },
    lifecycle: { lifecycle: direction },
    health: { state: { healthScore: direction } },
    battery: { state: { batteryLevel: nullsLast } },
    signal: { state: { signalStrength: nullsLast } },
    lastSeen: { state: { lastSeenAt: nullsLast } },
  };
  return orders[sort];
}
