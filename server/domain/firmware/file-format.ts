import type { FirmwareFormat } from "./vocabulary";

/** So many bytes from the start tell what a file is. */
export const FORMAT_HEAD_BYTES = 4_096;

/** What is certainly no firmware. */
export type FileRefusal = "empty" | "web_page" | "picture" | "document" | "script" | "blank";

export const FILE_REFUSALS: Record<FileRefusal, string> = {
  empty: "The file is empty.",
  web_page: "This is a web page, not a firmware file. A download link may have led to a sign-in or an error page.",
  picture: "This is a picture, not a firmware file.",
  document: "This is a document, not a firmware file.",
  script: "This is a script or a text, not a firmware file.",
  blank: "The file holds the same byte over and over; the export went wrong.",
};

export type FileVerdict = { format: FirmwareFormat } | { refusal: FileRefusal };

const SIGNATURES: readonly (readonly [FirmwareFormat, readonly number[]])[] = [
  ["elf", [0x7f, 0x45, 0x4c, 0x46]],
  // MCUboot's image header, little-endian 0x96f3b83d.
  ["mcuboot", [0x3d, 0xb8, 0xf3, 0x96]],
  ["uimage", [0x27, 0x05, 0x19, 0x56]],
  ["uf2", [0x55, 0x46, 0x32, 0x0a, 0x57, 0x51, 0x5d, 0x9e]],
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
];

const FOREIGN: readonly (readonly [FileRefusal, readonly number[]])[] = [
  ["picture", [0x89, 0x50, 0x4e, 0x47]],
  ["picture", [0xff, 0xd8, 0xff]],
  ["picture", [0x47, 0x49, 0x46, 0x38]],
  ["document", [0x25, 0x50, 0x44, 0x46]],
  ["document", [0xd0, 0xcf, 0x11, 0xe0]],
  ["script", [0x23, 0x21]],
];

/**
 * What a file is, by its first bytes: an ELF program, an image of ESP32 (0xE9, 1 to 16 segments), ARM Cortex-M (stack
 * pointer in RAM, reset vector odd and in flash), MCUboot or U-Boot, Intel HEX, S-record, UF2, a gzip, xz, zstd or ZIP
 * archive; or certainly none. Anything else is `unknown`: makers have formats of their own, so a person has to say that
 * it is right.
 * @param head the first {@link FORMAT_HEAD_BYTES} bytes, or all of a shorter file
 */
export function fileFormatOf(head: Uint8Array): FileVerdict {
  if (head.length === 0) return { refusal: "empty" };
  const signature = SIGNATURES.find(([, bytes]) => startsWith(head, bytes));
  if (signature) return { format: signature[0] };
  const foreign = FOREIGN.find(([, bytes]) => startsWith(head, bytes));
  if (foreign) return { refusal: foreign[0] };
  if (head.every((byte) => byte === head[0])) return { refusal: "blank" };
  if (isEspImage(head)) return { format: "esp_image" };
  if (isCortexImage(head)) return { format: "cortex_m" };
  const text = printableText(head);
  if (text === undefined) return { format: "unknown" };
  if (/^:[0-9A-F]{10,}\r?\n/i.test(text)) return { format: "intel_hex" };
  if (/^S[0-9][0-9A-F]{6,}\r?\n/i.test(text)) return { format: "s_record" };
  return { refusal: /<(!doctype|html|head|body|\?xml)/i.test(text) ? "web_page" : "script" };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

/** Espressif's image header: magic, number of segments, flash mode. */
function isEspImage(head: Uint8Array): boolean {
  const [magic, segments = 0, mode = 255] = head;
  return head.length >= 24 && magic === 0xe9 && segments >= 1 && segments <= 16 && mode <= 5;
}

/** The vector table of ARMv6-M to v8-M: where the stack begins, and the address of the reset handler (Thumb, so odd). */
function isCortexImage(head: Uint8Array): boolean {
  if (head.length < 64) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [stack, reset] = [view.getUint32(0, true), view.getUint32(4, true)];
  const isInRam = stack >= 0x1000_0000 && stack < 0x4000_0000 && stack % 4 === 0;
  return isInRam && reset % 2 === 1 && reset > 0x40 && reset < 0x2000_0000;
}

/** The head as text, when it is nothing else. */
function printableText(head: Uint8Array): string | undefined {
  const isText = head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  if (!isText) return undefined;
  try {
    // A sign may be cut in two at the end of the head.
    return new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}
