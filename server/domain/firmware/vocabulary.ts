// Apart from the schemas: screens that only name things then do without the 30 KB of zod.

/** Specification Task 1.2 `state`. */
export const FIRMWARE_STATES = ["draft", "testing", "stable", "deprecated"] as const;
export type FirmwareState = (typeof FIRMWARE_STATES)[number];

export const FIRMWARE_STATE_FACTS: Record<FirmwareState, { label: string; meaning: string }> = {
  draft: { label: "Draft", meaning: "Being written; only admins see it" },
  testing: { label: "Testing", meaning: "Fixed for good, on trial on chosen devices" },
  stable: { label: "Stable", meaning: "Released for every device it fits" },
  deprecated: { label: "Deprecated", meaning: "Not given to devices any more" },
};

/** What a file is by its first bytes (server/domain/firmware/file-format.ts). */
export const FIRMWARE_FORMATS = [
  "elf",
  "esp_image",
  "cortex_m",
  "mcuboot",
  "uimage",
  "intel_hex",
  "s_record",
  "uf2",
  "gzip",
  "xz",
  "zstd",
  "zip",
  "unknown",
] as const;
export type FirmwareFormat = (typeof FIRMWARE_FORMATS)[number];

export const FIRMWARE_FORMAT_LABELS: Record<FirmwareFormat, string> = {
  elf: "ELF program",
  esp_image: "ESP32 image",
  cortex_m: "ARM Cortex-M image",
  mcuboot: "MCUboot image",
  uimage: "U-Boot image",
  intel_hex: "Intel HEX",
  s_record: "Motorola S-record",
  uf2: "UF2",
  gzip: "gzip archive",
  xz: "xz archive",
  zstd: "Zstandard archive",
  zip: "ZIP archive",
  unknown: "Not recognised",
};

/** What the limit on a firmware file may be set to at most (FIRMWARE_MAX_BYTES): 1 GiB. */
export const MAX_FIRMWARE_BYTES = 1_073_741_824;
