import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { DEVICE_TYPES } from "../devices/device-type";
import { isCalendarDay } from "../maintenance/calendar-day";
import { outsideUrlRefusal } from "../net/outside-url";
import { lineOfText, optionalLine, optionalText, requiredLine } from "../text";
import { compareVersions } from "./version-order";
import { FIRMWARE_STATES, MAX_FIRMWARE_BYTES } from "./vocabulary";

const MAX_MODELS = 50;

/** As devices report it, letter by letter: what they run is found by it. */
export const firmwareVersionSchema = z
  .string()
  .trim()
  .min(1, "Enter the version, for example 2.4.0")
  .max(50, "At most 50 characters")
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, "Letters, digits, dots, dashes, plus and underscores, for example 2.4.0-rc.1");

const optionalVersion = z
  .union([z.literal("").transform(() => null), firmwareVersionSchema])
  .nullish()
  .transform((value) => value ?? null);

/** "LF-200, LF-210": one line, as the specification has it, read as a list. Empty = every model. */
const compatibleModelsSchema = lineOfText(1_000)
  .transform((line) => [
    ...new Set(
      line
        .split(",")
        .map((model) => model.trim())
        .filter(Boolean),
    ),
  ])
  .pipe(z.array(z.string().max(100, "A model has at most 100 characters")).max(MAX_MODELS, `At most ${MAX_MODELS} models`))
  .default([]);

/** Where the server may fetch a file from; what is behind the name is checked when it does. */
export const outsideUrlSchema = z
  .string()
  .trim()
  .max(2_000, "At most 2,000 characters")
  .superRefine((url, context) => {
    const refusal = outsideUrlRefusal(url);
    if (refusal) context.addIssue({ code: "custom", message: refusal });
  });

const optionalUrl = z
  .union([z.literal("").transform(() => null), outsideUrlSchema])
  .nullish()
  .transform((value) => value ?? null);

/** SHA-256 in hexadecimal. */
export const sha256Schema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** What a person calls the file. It is shown and never part of a path, and it may not look like one. */
export const fileNameSchema = requiredLine(200, "The file needs a name").refine(
  (name) => !/[/\\:]/.test(name) && !/^\.+$/.test(name),
  "Only the file's own name, without folders",
);

const firmwareFields = z.object({
  name: requiredLine(120, "Give it a name people recognise"),
  version: firmwareVersionSchema,
  deviceType: z.enum(DEVICE_TYPES, "Choose a device type"),
  /** Empty = of every maker. */
  manufacturer: lineOfText(100).default(""),
  compatibleModels: compatibleModelsSchema,
  minPreviousVersion: optionalVersion,
  isMandatory: z.boolean().default(false),
  releaseDate: z.string().trim().refine(isCalendarDay, "Choose a day between the years 2000 and 2100"),
  releaseNotes: optionalText(4_000),
  changelog: optionalText(20_000),
  downloadUrl: optionalUrl,
  /** The file, once it is in the store; a draft may wait for it. */
  artifactSha256: sha256Schema.nullish().transform((value) => value ?? null),
  fileName: fileNameSchema.nullish().transform((value) => value ?? null),
  /** A person says that a file in no known format is right. */
  acceptsUnknownFormat: z.boolean().default(false),
});

const minimumIsOlder = {
  check: ({ version, minPreviousVersion }: { version: string; minPreviousVersion: string | null }) =>
    minPreviousVersion === null || compareVersions(minPreviousVersion, version) < 0,
  params: { path: ["minPreviousVersion"], error: "Must be older than the version itself" },
};

/** Every field of specification Task 1.2. */
export const createFirmwareSchema = firmwareFields.refine(minimumIsOlder.check, minimumIsOlder.params);

/** `revision` as it was read: what somebody else has saved meanwhile is not overwritten. */
export const updateFirmwareSchema = firmwareFields
  .extend({ id: z.uuid(), revision: z.number().int().positive() })
  .refine(minimumIsOlder.check, minimumIsOlder.params);

export const firmwareIdSchema = z.object({ id: z.uuid() });

export const setFirmwareStateSchema = z.object({
  id: z.uuid(),
  /** As it was read: a step that somebody else has just taken is not taken twice. */
  from: z.enum(FIRMWARE_STATES),
  to: z.enum(FIRMWARE_STATES),
  note: optionalLine(500),
});

export const listFirmwareSchema = z.object({
  types: z.array(z.enum(DEVICE_TYPES)).default([]),
  states: z.array(z.enum(FIRMWARE_STATES)).default([]),
  /** Words that must all occur in name, version, manufacturer or models. */
  search: z.string().max(200).default(""),
  /** Devices are counted on these farms only; empty = on all of the caller's. */
  farmIds: z.array(z.uuid()).max(100).default([]),
  cursor: z.string().max(300).nullish(),
  pageSize: z.number().int().min(1).max(200).default(100),
});
export type ListFirmwareInput = z.output<typeof listFirmwareSchema>;

export const compareFirmwareSchema = z.object({ fromId: z.uuid(), toId: z.uuid() });

export const firmwareSpreadSchema = z.object({
  types: z.array(z.enum(DEVICE_TYPES)).default([]),
  farmIds: z.array(z.uuid()).max(100).default([]),
});

/** To the newest stable version that fits, when no target is named. */
export const upgradePathSchema = z.object({ deviceId: deviceIdSchema, targetId: z.uuid().optional() });

const sizeBytes = z.number().int("A whole number of bytes").min(1, "The file is empty").max(MAX_FIRMWARE_BYTES);

/** A file that a person is about to send. */
export const startUploadSchema = z.object({
  fileName: fileNameSchema,
  sizeBytes,
  /** Refused at the end when the content has another. */
  expectedSha256: sha256Schema.nullish().transform((value) => value ?? null),
});

/** A file that the server is to fetch. */
export const fetchArtifactSchema = z.object({
  url: outsideUrlSchema,
  expectedSha256: z
    .union([z.literal("").transform(() => null), sha256Schema])
    .nullish()
    .transform((value) => value ?? null),
});

export const uploadIdSchema = z.object({ uploadId: z.uuid() });
