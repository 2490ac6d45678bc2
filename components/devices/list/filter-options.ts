import type { FilterOption } from "@/components/patterns/filter-menu";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES, LIFECYCLE_FACTS } from "@/server/domain/devices/lifecycle";
import {
  CALIBRATION_STATUS_LABELS,
  CALIBRATION_STATUSES,
  CONNECTION_TYPE_LABELS,
  CONNECTION_TYPES,
  HEALTH_STATUSES,
  POWER_SOURCE_LABELS,
  POWER_SOURCES,
} from "@/server/domain/devices/vocabulary";
import { SIGNAL_QUALITIES } from "@/server/domain/health/policy";
import type { DeviceFacets } from "@/server/services/devices/list/device-facets";
import { HEALTH_LABELS } from "../device-status-badge";
import type { DeviceFilters } from "./device-filters";

/** One filter chip: what it offers, what is chosen, what a choice changes in the URL. */
export interface FilterChoice {
  key: keyof DeviceFilters;
  label: string;
  options: readonly FilterOption<string>[];
  selected: readonly string[];
  change: (values: string[]) => Partial<DeviceFilters>;
  /** Behind "More filters" until somebody uses it. */
  secondary?: true;
}

const SIGNAL_LABELS = { excellent: "Excellent", good: "Good", fair: "Fair", poor: "Poor", none: "Unknown" };
const SILENCE_OPTIONS = [
  { value: "10m", label: "10 minutes" },
  { value: "1h", label: "1 hour" },
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "never", label: "Never heard" },
] as const;
const PRESENCE_OPTIONS = [
  { value: "online", label: "Online" },
  { value: "offline", label: "Offline" },
] as const;
const BATTERY_OPTIONS = ["10", "20", "30", "50"].map((value) => ({ value, label: `${value} %` }));
const MAINTENANCE_OPTIONS = [
  { value: "overdue", label: "Overdue" },
  { value: "week", label: "Due within a week" },
] as const;

const optionsOf = <V extends string>(values: readonly V[], label: (value: V) => string) =>
  values.map((value) => ({ value, label: label(value) }));

type ListKey = { [K in keyof DeviceFilters]: DeviceFilters[K] extends string[] ? K : never }[keyof DeviceFilters];

/** Every filter of the list but search and attention, in the order of the toolbar. */
export function filterChoices(
  filters: DeviceFilters,
  { farms, facets }: { farms: readonly { id: string; name: string }[]; facets: DeviceFacets | undefined },
): FilterChoice[] {
  const several = (key: ListKey, label: string, options: FilterChoice["options"], secondary?: true): FilterChoice => ({
    key,
    label,
    options,
    selected: filters[key],
    // Only values of the options come back.
    change: (values) => ({ [key]: values }),
    secondary,
  });
  const one = (key: "presence" | "silent" | "maint", label: string, options: FilterChoice["options"]): FilterChoice => ({
    key,
    label,
    options,
    selected: filters[key] ? [filters[key]] : [],
    change: (values) => ({ [key]: values.at(-1) ?? null }),
    secondary: true,
  });
  const groups = (facets?.groups ?? []).map(({ id, name, farmName }) => ({
    value: id,
    label: farmName && farms.length > 1 ? `${name} · ${farmName}` : name,
  }));
  return [
    ...(farms.length > 1 ? [several("farm", "Farm", optionsOfFarms(farms))] : []),
    ...(groups.length > 0 || filters.group.length > 0 ? [several("group", "Group", groups)] : []),
    several(
      "type",
      "Type",
      optionsOf(DEVICE_TYPES, (value) => DEVICE_TYPE_FACTS[value].label),
    ),
    several(
      "state",
      "State",
      optionsOf(DEVICE_LIFECYCLES, (value) => LIFECYCLE_FACTS[value].label),
    ),
    several(
      "health",
      "Health",
      optionsOf(HEALTH_STATUSES, (value) => HEALTH_LABELS[value]),
    ),
    several(
      "tag",
      "Tag",
      (facets?.tags ?? []).map(({ id, name, count }) => ({ value: id, label: name, count })),
      true,
    ),
    several(
      "fw",
      "Firmware",
      (facets?.firmware ?? []).map(({ version, count }) => ({ value: version, label: version, count })),
      true,
    ),
    {
      key: "battery",
      label: "Battery below",
      options: BATTERY_OPTIONS,
      selected: filters.battery === null ? [] : [String(filters.battery)],
      change: (values) => ({ battery: values.length > 0 ? Number(values.at(-1)) : null }),
      secondary: true,
    },
    several(
      "signal",
      "Signal",
      optionsOf(SIGNAL_QUALITIES, (value) => SIGNAL_LABELS[value]),
      true,
    ),
    one("presence", "Presence", PRESENCE_OPTIONS),
    one("silent", "Silent for", SILENCE_OPTIONS),
    several(
      "conn",
      "Connection",
      optionsOf(CONNECTION_TYPES, (value) => CONNECTION_TYPE_LABELS[value]),
      true,
    ),
    several(
      "power",
      "Power",
      optionsOf(POWER_SOURCES, (value) => POWER_SOURCE_LABELS[value]),
      true,
    ),
    several(
      "cal",
      "Calibration",
      optionsOf(CALIBRATION_STATUSES, (value) => CALIBRATION_STATUS_LABELS[value]),
      true,
    ),
    one("maint", "Maintenance", MAINTENANCE_OPTIONS),
  ];
}

function optionsOfFarms(farms: readonly { id: string; name: string }[]) {
  return farms.map((farm) => ({ value: farm.id, label: farm.name }));
}
