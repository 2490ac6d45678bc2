import { CONNECTION_TYPE_LABELS, CONNECTION_TYPES, POWER_SOURCE_LABELS, POWER_SOURCES } from "@/server/domain/devices/vocabulary";

export const POWER_ITEMS = POWER_SOURCES.map((value) => ({ value, label: POWER_SOURCE_LABELS[value] }));

/** A select cannot hold nothing: "unset" stands for it. */
export const CONNECTION_ITEMS = [
  { value: "unset" as const, label: "Not known" },
  ...CONNECTION_TYPES.map((value) => ({ value, label: CONNECTION_TYPE_LABELS[value] })),
];
