import { createLoader, parseAsArrayOf, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES } from "@/server/domain/devices/lifecycle";
import { type DeviceListInput, DEVICE_SORTS, HEALTH_STATUSES } from "@/server/domain/devices/schema";

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** The device list's state in the URL, so that a view can be linked, gone back to and reloaded. */
export const DEVICE_FILTERS = {
  q: parseAsString.withDefault(""),
  type: parseAsArrayOf(parseAsStringLiteral(DEVICE_TYPES)).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(DEVICE_LIFECYCLES)).withDefault([]),
  health: parseAsArrayOf(parseAsStringLiteral(HEALTH_STATUSES)).withDefault([]),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  attention: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(DEVICE_SORTS).withDefault("deviceId"),
  desc: parseAsBoolean.withDefault(false),
  page: parseAsInteger.withDefault(1),
  size: parseAsInteger.withDefault(50),
};

export const loadDeviceFilters = createLoader(DEVICE_FILTERS);

export type DeviceFilters = Awaited<ReturnType<typeof loadDeviceFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The server's query for a URL's state. The farm of the switcher narrows it unless the list names farms itself; what a
 * hand-written URL gets wrong falls back to the default.
 */
export function toListInput(filters: DeviceFilters, selectedFarmId: string | null): DeviceListInput {
  const farms = filters.farm.filter((farm) => UUID.test(farm));
  return {
    search: filters.q.slice(0, 100),
    farmIds: farms.length > 0 ? farms : selectedFarmId ? [selectedFarmId] : [],
    types: filters.type,
    // Retired devices are out of the way unless somebody looks for them.
    lifecycles: filters.state.length > 0 ? filters.state : ["draft", "provisioned", "active", "maintenance"],
    health: filters.health,
    needsAttention: filters.attention,
    groupIds: [],
    includeSubgroups: false,
    tagIds: [],
    sort: filters.sort,
    descending: filters.desc,
    page: Math.max(1, Math.min(100_000, filters.page)),
    pageSize: PAGE_SIZES.find((size) => size === filters.size) ?? 50,
  };
}
