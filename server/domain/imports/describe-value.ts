import type { DeviceValues, ValueKey } from "./device-values";

/** What ids are called, for people. */
export interface NamedThings {
  /** Codes of groups by id. */
  groups: ReadonlyMap<string, string>;
  /** Names of tags by id. */
  tags: ReadonlyMap<string, string>;
}

/** A value as a cell shows it; `null` = empty. */
export function describeValue(key: ValueKey, value: DeviceValues[ValueKey] | null, names: NamedThings): string | null {
  if (value === null || value === "") return null;
  if (key === "group_id") return names.groups.get(String(value)) ?? "a group that is gone";
  if (!Array.isArray(value)) return String(value);
  const tags = value.map((id) => names.tags.get(id) ?? "a tag that is gone");
  return tags.length > 0 ? tags.sort((a, b) => a.localeCompare(b, "en")).join(" | ") : null;
}
