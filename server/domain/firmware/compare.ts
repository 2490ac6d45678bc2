import { compareVersions } from "./version-order";

/** What two versions are compared by. */
export interface ComparedFirmware {
  name: string;
  version: string;
  state: string;
  manufacturer: string;
  compatibleModels: readonly string[];
  minPreviousVersion: string | null;
  isMandatory: boolean;
  releaseDate: string;
  releaseNotes: string | null;
  sizeBytes: number | null;
  format: string | null;
  sha256: string | null;
}

export type ComparedField = keyof ComparedFirmware;

export interface FieldChange {
  field: ComparedField;
  from: string | null;
  to: string | null;
}

export interface FirmwareComparison {
  /** Whether the second is newer than the first, older, or of the same rank. */
  direction: "upgrade" | "downgrade" | "same";
  changes: FieldChange[];
  addedModels: string[];
  removedModels: string[];
  /** Bytes; `null` = one of them has no file. */
  sizeDifference: number | null;
  /** Both are the same file, whatever they are called. */
  isSameFile: boolean;
}

const FIELDS: readonly ComparedField[] = [
  "version",
  "name",
  "state",
  "manufacturer",
  "compatibleModels",
  "minPreviousVersion",
  "isMandatory",
  "releaseDate",
  "releaseNotes",
  "sizeBytes",
  "format",
  "sha256",
];

/** What is different in the second of two versions. */
export function compareFirmware(from: ComparedFirmware, to: ComparedFirmware): FirmwareComparison {
  const order = compareVersions(from.version, to.version);
  const changes = FIELDS.map((field) => ({ field, from: textOf(from[field]), to: textOf(to[field]) }));
  return {
    direction: order < 0 ? "upgrade" : order > 0 ? "downgrade" : "same",
    changes: changes.filter((change) => change.from !== change.to),
    addedModels: to.compatibleModels.filter((model) => !from.compatibleModels.includes(model)),
    removedModels: from.compatibleModels.filter((model) => !to.compatibleModels.includes(model)),
    sizeDifference: from.sizeBytes === null || to.sizeBytes === null ? null : to.sizeBytes - from.sizeBytes,
    isSameFile: from.sha256 !== null && from.sha256 === to.sha256,
  };
}

function textOf(value: ComparedFirmware[ComparedField]): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "object") return value.length === 0 ? null : [...value].sort().join(", ");
  return String(value);
}
