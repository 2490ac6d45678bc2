import { z } from "zod";

type Unit = "hours" | "days" | "months";

interface RetentionFacts {
  label: string;
  unit: Unit;
  min: number;
  max: number;
  /** `null` = for ever. */
  fallback: number | null;
  /** What is deleted, and what the shortest time is for. */
  about: string;
}

/** What an admin may choose, in the order in which it is shown. Defaults are what was built in before there was a choice. */
export const RETENTION_FACTS = {
  sampleDays: {
    label: "Health history of devices",
    unit: "days",
    min: 90,
    max: 3650,
    fallback: 400,
    about: "Battery, signal, errors and restarts of each device by the hour. Charts go back 90 days.",
  },
  fleetMonths: {
    label: "Health history of the fleet",
    unit: "months",
    min: 4,
    max: 120,
    fallback: 13,
    about: "Devices of each farm by health and connection, by the hour. The overview goes back 90 days.",
  },
  alertDays: {
    label: "Resolved alerts",
    unit: "days",
    min: 90,
    max: 3650,
    fallback: null,
    about: "With their timeline and what was told of them. Open alerts always stay. The overview counts 90 days.",
  },
  commandDays: {
    label: "Finished commands",
    unit: "days",
    min: 30,
    max: 3650,
    fallback: null,
    about: "Each device’s newest always stays: its number goes on from there. So do those of an update under way.",
  },
  diagnosticDays: {
    label: "Finished diagnostics",
    unit: "days",
    min: 30,
    max: 3650,
    fallback: null,
    about: "Each device’s newest always stays.",
  },
  notificationDays: {
    label: "Notifications",
    unit: "days",
    min: 7,
    max: 1095,
    fallback: 90,
    about: "Who was told what, when and how. What is still to be told stays.",
  },
  webhookDeliveredDays: {
    label: "Webhook messages, delivered",
    unit: "days",
    min: 1,
    max: 90,
    fallback: 7,
    about: "With the log of their attempts.",
  },
  webhookUndeliveredDays: {
    label: "Webhook messages, not delivered",
    unit: "days",
    min: 2,
    max: 365,
    fallback: 30,
    about: "Dead letters, and what waits for an endpoint that is off. No shorter than delivered ones.",
  },
  importDays: {
    label: "Finished imports",
    unit: "days",
    min: 30,
    max: 3650,
    fallback: 365,
    about: "Rows, results and the file. An import can be undone as long as it is there.",
  },
  unusedImportHours: {
    label: "Files that nobody imported",
    unit: "hours",
    min: 1,
    max: 720,
    fallback: 24,
    about: "Files that were uploaded or checked, and then left.",
  },
  unusedFirmwareHours: {
    label: "Firmware files of no version",
    unit: "hours",
    min: 1,
    max: 720,
    fallback: 24,
    about: "Whoever fills in a form has this long to save it. Files of a version always stay.",
  },
} as const satisfies Record<string, RetentionFacts>;

export type RetentionKey = keyof typeof RETENTION_FACTS;
export const RETENTION_KEYS = Object.keys(RETENTION_FACTS) as RetentionKey[];

type MayBeForEver = { [Key in RetentionKey]: (typeof RETENTION_FACTS)[Key]["fallback"] extends null ? Key : never }[RetentionKey];
export type Retention = { [Key in RetentionKey]: Key extends MayBeForEver ? number | null : number };

/** What was built in before there was a choice. */
export const DEFAULT_RETENTION = Object.fromEntries(RETENTION_KEYS.map((key) => [key, RETENTION_FACTS[key].fallback])) as Retention;

/** Whether an empty field means for ever. */
export function mayBeForEver(key: RetentionKey): key is MayBeForEver {
  return RETENTION_FACTS[key].fallback === null;
}

function lengthOf(key: RetentionKey) {
  const { unit, min, max } = RETENTION_FACTS[key];
  const bounds = `Whole ${unit} from ${min} to ${max.toLocaleString("en")}`;
  const length = z.number(bounds).int(bounds).min(min, bounds).max(max, bounds);
  return mayBeForEver(key) ? length.nullable() : length;
}

const shape = Object.fromEntries(RETENTION_KEYS.map((key) => [key, lengthOf(key)])) as unknown as {
  [Key in RetentionKey]: z.ZodType<Retention[Key], Retention[Key]>;
};

export const retentionSchema = z
  .object(shape)
  .refine(({ webhookDeliveredDays, webhookUndeliveredDays }) => webhookUndeliveredDays >= webhookDeliveredDays, {
    path: ["webhookUndeliveredDays"],
    error: "No shorter than delivered messages",
  });

export const saveRetentionSchema = z.object({
  settings: retentionSchema,
  /** As it was read; 0 = nothing was ever saved. */
  version: z.number().int().min(0),
});

export const previewRetentionSchema = z.object({ settings: retentionSchema });
