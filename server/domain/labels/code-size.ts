/**
 * Most bytes of a QR code with error level Q in byte mode, by version from 1 (ISO/IEC 18004, table 7). Level Q restores a
 * quarter of the code; the encoder goes up to H when that needs no larger code.
 */
const MAX_BYTES_Q = [11, 20, 32, 46, 60, 74, 86, 108, 130, 151, 177, 203, 241, 258, 292, 322, 364, 394, 442, 482] as const;

export const CODE_ERROR_LEVEL = "Q";

/** White around a code, in modules (ISO/IEC 18004, 6.3.8). */
export const QUIET_ZONE_MODULES = 4;

/** Modules along one side of the code for a text. */
export function codeModules(text: string): number {
  const bytes = new TextEncoder().encode(text).length;
  const version = MAX_BYTES_Q.findIndex((max) => bytes <= max) + 1;
  if (version === 0) throw new Error(`${bytes} bytes are more than a label's code takes`);
  return 17 + 4 * version;
}
