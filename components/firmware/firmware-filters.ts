import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { FIRMWARE_STATES } from "@/server/domain/firmware/vocabulary";

/** The firmware list's state in the URL. */
export const FIRMWARE_FILTERS = {
  type: parseAsArrayOf(parseAsStringLiteral(DEVICE_TYPES)).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(FIRMWARE_STATES)).withDefault([]),
  q: parseAsString.withDefault(""),
};

export const loadFirmwareFilters = createLoader(FIRMWARE_FILTERS);

export type FirmwareFilters = Awaited<ReturnType<typeof loadFirmwareFilters>>;

export function isFiltered(filters: FirmwareFilters): boolean {
  return filters.type.length + filters.state.length > 0 || filters.q !== "";
}

/** The server's query; devices are counted on the farm of the switcher. */
export function toFirmwareListInput(filters: FirmwareFilters, selectedFarmId: string | null) {
  return {
    types: filters.type,
    states: filters.state,
    search: filters.q.slice(0, 200),
    farmIds: selectedFarmId ? [selectedFarmId] : [],
    pageSize: 200,
  };
}

export function toSpreadInput(filters: FirmwareFilters, selectedFarmId: string | null) {
  return { types: filters.type, farmIds: selectedFarmId ? [selectedFarmId] : [] };
}
