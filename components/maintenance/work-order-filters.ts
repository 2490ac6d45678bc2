import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DUE_KINDS } from "@/server/domain/maintenance/maintenance-type";
import { toDueInput } from "./due-filters";

export const WORK_ORDER_FILTERS = {
  /** Any day of it. */
  week: parseAsString.withDefault(""),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  type: parseAsArrayOf(parseAsStringLiteral(DEVICE_TYPES)).withDefault([]),
  kind: parseAsArrayOf(parseAsStringLiteral(DUE_KINDS)).withDefault([]),
};

export const loadWorkOrderFilters = createLoader(WORK_ORDER_FILTERS);

type WorkOrderFilters = Awaited<ReturnType<typeof loadWorkOrderFilters>>;

/** The server's query for a printed week. */
export function toWorkOrderInput({ week, ...filters }: WorkOrderFilters, selectedFarmId: string | null, today: string) {
  return toDueInput({ ...filters, view: "week", day: week }, selectedFarmId, today);
}
