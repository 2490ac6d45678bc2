import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ACTOR_KINDS } from "@/server/domain/audit/schema";

/** The audit log's state in the URL. */
export const AUDIT_FILTERS = {
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  actor: parseAsArrayOf(parseAsStringLiteral(ACTOR_KINDS)).withDefault([]),
  subject: parseAsArrayOf(parseAsString).withDefault([]),
  farm: parseAsArrayOf(parseAsString).withDefault([]),
  q: parseAsString.withDefault(""),
};

export const loadAuditFilters = createLoader(AUDIT_FILTERS);

export type AuditFilters = Awaited<ReturnType<typeof loadAuditFilters>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dayOf = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text)) ? text : null);

/** The server's query; what an address typed by hand gets wrong is left out. The farm of the switcher narrows it. */
export function toAuditInput(filters: AuditFilters, selectedFarmId: string | null) {
  const farms = filters.farm.filter((farm) => UUID.test(farm));
  return {
    from: dayOf(filters.from),
    to: dayOf(filters.to),
    actorKinds: filters.actor,
    subjectTypes: filters.subject.filter((type) => /^[a-z_]{1,40}$/.test(type)),
    farmIds: farms.length > 0 ? farms : selectedFarmId ? [selectedFarmId] : [],
    search: filters.q.replaceAll("\u0000", "").slice(0, 200),
  };
}

export const NO_AUDIT_FILTERS: AuditFilters = { from: "", to: "", actor: [], subject: [], farm: [], q: "" };

export function isFiltered(filters: AuditFilters): boolean {
  return filters.actor.length + filters.subject.length + filters.farm.length > 0 || `${filters.from}${filters.to}${filters.q}` !== "";
}
