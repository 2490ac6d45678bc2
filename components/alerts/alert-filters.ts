import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ALERT_ORDERS, ALERT_VIEWS } from "@/server/domain/alerts/list-vocabulary";
import { ALERT_SEVERITIES, ALERT_TYPES } from "@/server/domain/alerts/vocabulary";

/** The alert list's state in the URL. */
export const ALERT_FILTERS = {
  view: parseAsStringLiteral(ALERT_VIEWS).withDefault("open"),
  severity: parseAsArrayOf(parseAsStringLiteral(ALERT_SEVERITIES)).withDefault([]),
  type: parseAsArrayOf(parseAsStringLiteral(ALERT_TYPES)).withDefault([]),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  group: parseAsArrayOf(parseAsString).withDefault([]),
  /** The alerts that one group alert speaks for. */
  under: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  order: parseAsStringLiteral(ALERT_ORDERS).withDefault("gravest"),
};

export const loadAlertFilters = createLoader(ALERT_FILTERS);

export type AlertFilters = Awaited<ReturnType<typeof loadAlertFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isUuid = (value: string) => UUID.test(value);

/** The server's query; the farm of the switcher narrows it unless the filters name farms themselves. */
export function toAlertFilter(filters: AlertFilters, selectedFarmId: string | null) {
  const farms = filters.farm.filter(isUuid);
  return {
    view: filters.view,
    severities: filters.severity,
    types: filters.type,
    farmIds: farms.length > 0 ? farms : selectedFarmId ? [selectedFarmId] : [],
    groupIds: filters.group.filter(isUuid),
    parentId: isUuid(filters.under) ? filters.under : undefined,
    search: filters.q.slice(0, 200),
  };
}

export function toAlertListInput(filters: AlertFilters, selectedFarmId: string | null) {
  return { ...toAlertFilter(filters, selectedFarmId), order: filters.order };
}

export function isFiltered(filters: AlertFilters): boolean {
  return filters.severity.length + filters.type.length + filters.farm.length + filters.group.length > 0 || filters.q !== "";
}
