import type { AlertSeverity, AlertType } from "../alerts/vocabulary";
import type { DeviceType } from "../devices/device-type";

/** What it means when nobody comes, the gravest first: the order of the attention queue (docs/decisions/009). */
export const CONSEQUENCES = [
  "nothing_received",
  "group_outage",
  "animals_critical",
  "critical",
  "animals_warning",
  "warning",
  "low",
  "upkeep",
] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** The last consequence that counts as critical. */
export const LAST_CRITICAL: Consequence = "critical";

export const CONSEQUENCE_LABELS: Record<Consequence, string> = {
  nothing_received: "Nothing is received",
  group_outage: "Outage of a group",
  animals_critical: "Critical, animals depend on it",
  critical: "Critical",
  animals_warning: "Warning, animals depend on it",
  warning: "Warning",
  low: "Low",
  upkeep: "Upkeep",
};

/** Without these, animals go thirsty or hungry, stand before a closed gate, or are not milked as they should. */
export const ANIMALS_DEPEND_ON: readonly DeviceType[] = ["waterer", "gate", "feeder", "milk_meter"];

export interface ConsequenceFacts {
  /** `null` = no alert: the device is due for upkeep. */
  alert: { type: AlertType; severity: AlertSeverity } | null;
  /** `null` = the alert is about a group or the system. */
  deviceType: DeviceType | null;
}

/** What follows from an open alert, or from a device that needs attention without one. */
export function consequenceOf({ alert, deviceType }: ConsequenceFacts): Consequence {
  if (!alert) return "upkeep";
  if (alert.type === "reception_lost") return "nothing_received";
  if (alert.type === "group_offline") return "group_outage";
  if (alert.severity === "low") return "low";
  const hurtsAnimals = deviceType !== null && ANIMALS_DEPEND_ON.includes(deviceType);
  if (alert.severity === "critical") return hurtsAnimals ? "animals_critical" : "critical";
  return hurtsAnimals ? "animals_warning" : "warning";
}

export interface Queued {
  consequence: Consequence;
  isAcknowledged: boolean;
  /** Since when it lasts; `null` = unknown. */
  since: Date | null;
}

/** Gravest consequence first; of the same, what nobody has in hand yet; of those, what has lasted longest. */
export function compareByConsequence(a: Queued, b: Queued): number {
  return (
    CONSEQUENCES.indexOf(a.consequence) - CONSEQUENCES.indexOf(b.consequence) ||
    Number(a.isAcknowledged) - Number(b.isAcknowledged) ||
    (a.since?.getTime() ?? Infinity) - (b.since?.getTime() ?? Infinity) ||
    0
  );
}
