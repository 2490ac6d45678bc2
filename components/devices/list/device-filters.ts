import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES } from "@/server/domain/devices/lifecycle";
import type { DeviceListInput } from "@/server/domain/devices/list-schema";
import {
  DEFAULT_COLUMNS,
  DEVICE_COLUMNS,
  DEVICE_SORTS,
  MAINTENANCE_DUES,
  PRESENCES,
  SILENCES,
  type SortKey,
} from "@/server/domain/devices/list-vocabulary";
import { CALIBRATION_STATUSES, CONNECTION_TYPES, HEALTH_STATUSES, POWER_SOURCES } from "@/server/domain/devices/vocabulary";
import { SIGNAL_QUALITIES } from "@/server/domain/health/policy";

const listOf = <const T extends string>(values: readonly T[]) => parseAsArrayOf(parseAsStringLiteral(values)).withDefault([]);
const texts = parseAsArrayOf(parseAsString).withDefault([]);

/** The device list's state in the URL, so that a view can be linked, gone back to, saved and exported. */
export const DEVICE_FILTERS = {
  q: parseAsString.withDefault(""),
  attention: parseAsBoolean.withDefault(false),
  farm: texts,
  group: texts,
  type: listOf(DEVICE_TYPES),
  state: listOf(DEVICE_LIFECYCLES),
  health: listOf(HEALTH_STATUSES),
  tag: texts,
  fw: texts,
  /** Percent. */
  battery: parseAsInteger,
  signal: listOf(SIGNAL_QUALITIES),
  conn: listOf(CONNECTION_TYPES),
  power: listOf(POWER_SOURCES),
  presence: parseAsStringLiteral(PRESENCES),
  silent: parseAsStringLiteral(SILENCES),
  cal: listOf(CALIBRATION_STATUSES),
  maint: parseAsStringLiteral(MAINTENANCE_DUES),
  /** `battery` ascending, `-battery` descending; the first decides. */
  sort: texts,
  cols: parseAsArrayOf(parseAsStringLiteral(DEVICE_COLUMNS)).withDefault(DEFAULT_COLUMNS),
};

export const loadDeviceFilters = createLoader(DEVICE_FILTERS);
export const serializeDeviceFilters = createSerializer(DEVICE_FILTERS);

/** A URL that says nothing. */
export const DEFAULT_FILTERS = loadDeviceFilters("");

export type DeviceFilters = Awaited<ReturnType<typeof loadDeviceFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PAGE_SIZE = 100;

/**
 * The server's query for a URL's state. The farm of the switcher narrows it unless the list names farms itself; what a
 * hand-written URL gets wrong falls back to the default.
 */
export function toListInput(filters: DeviceFilters, selectedFarmId: string | null): DeviceListInput {
  const idsOf = (values: string[]) => values.filter((value) => UUID.test(value)).slice(0, 100);
  const farms = idsOf(filters.farm);
  const ownFarm = selectedFarmId && UUID.test(selectedFarmId) ? [selectedFarmId] : [];
  return {
    search: filters.q.slice(0, 100),
    deviceIds: [],
    farmIds: farms.length > 0 ? farms : ownFarm,
    groupIds: idsOf(filters.group),
    includeSubgroups: true,
    tagIds: idsOf(filters.tag),
    types: filters.type,
    // Retired devices are out of the way unless somebody looks for them.
    lifecycles: filters.state.length > 0 ? filters.state : ["draft", "provisioned", "active", "maintenance"],
    health: filters.health,
    needsAttention: filters.attention,
    firmware: filters.fw.map((version) => version.slice(0, 50)).slice(0, 50),
    batteryBelow: filters.battery === null ? null : Math.max(0, Math.min(100, filters.battery)),
    signal: filters.signal,
    connections: filters.conn,
    powerSources: filters.power,
    presence: filters.presence,
    silentFor: filters.silent,
    calibration: filters.cal,
    maintenance: filters.maint,
    sort: parseSort(filters.sort),
    pageSize: PAGE_SIZE,
  };
}

/** The filters of a list's query without its order and page. */
export function toFilterInput({ sort: _, pageSize: __, cursor: ___, ...filter }: DeviceListInput) {
  return filter;
}

export function parseSort(sort: readonly string[]): SortKey[] {
  return sort
    .flatMap((key) => {
      const by = DEVICE_SORTS.find((name) => name === key.replace(/^-/, ""));
      return by ? [{ by, descending: key.startsWith("-") }] : [];
    })
    .slice(0, 3);
}

/** `added` keeps the order there is and lets the column break its ties. */
export function sortBy(sort: readonly string[], key: SortKey, added: boolean): string[] {
  const name = key.descending ? `-${key.by}` : key.by;
  if (!added) return [name];
  const others = sort.filter((other) => other.replace(/^-/, "") !== key.by);
  const at = sort.findIndex((other) => other.replace(/^-/, "") === key.by);
  return at < 0 ? [...others, name].slice(-3) : others.toSpliced(at, 0, name);
}
