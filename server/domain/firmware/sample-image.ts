import { DEVICE_TYPES, type DeviceType } from "../devices/device-type";

/** What a simulated image says of itself. */
export interface ImageLabel {
  type: DeviceType;
  version: string;
  /** What is wrong with the build: fault by name (simulator/firmware/update-faults.ts) to the share of devices it befalls, 0 … 1. */
  faults?: Readonly<Record<string, number>>;
}

// MCUboot's image header (little-endian), so that the store recognises the file; the label follows it.
const MAGIC = 0x96f3_b83d;
const LABEL_OFFSET = 34;
const HEADER_BYTES = 512;
const LEAST_BODY_BYTES = 131_072;
const BODY_SPREAD_BYTES = 262_144;

/**
 * A firmware file for simulated devices: an MCUboot header, a label with type and version, and 128 to 384 KB that look
 * like code. The same label always gives the same bytes, so what left the works and what is uploaded have one hash.
 */
export function sampleImage(label: ImageLabel): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify({ type: label.type, version: label.version, faults: label.faults }));
  const seed = hashOf(`${label.type}:${label.version}`);
  const bodyBytes = LEAST_BODY_BYTES + (seed % BODY_SPREAD_BYTES);
  const image = new Uint8Array(HEADER_BYTES + bodyBytes);
  const view = new DataView(image.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(8, HEADER_BYTES, true);
  view.setUint32(12, bodyBytes, true);
  view.setUint16(32, text.length, true);
  image.set(text, LABEL_OFFSET);
  let word = seed || 1;
  for (let index = HEADER_BYTES; index < image.length; index++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    image[index] = word & 0xff;
  }
  return image;
}

/** The label of a simulated image; `undefined` for every other file. */
export function labelOf(image: Uint8Array): ImageLabel | undefined {
  if (image.length < HEADER_BYTES) return undefined;
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return undefined;
  const end = LABEL_OFFSET + view.getUint16(32, true);
  if (end > HEADER_BYTES) return undefined;
  try {
    const label = JSON.parse(new TextDecoder().decode(image.subarray(LABEL_OFFSET, end))) as Partial<ImageLabel>;
    const type = DEVICE_TYPES.find((each) => each === label.type);
    if (!type || typeof label.version !== "string") return undefined;
    return { type, version: label.version, ...(isShares(label.faults) ? { faults: label.faults } : {}) };
  } catch {
    return undefined;
  }
}

function isShares(value: unknown): value is Record<string, number> {
  return typeof value === "object" && value !== null && Object.values(value).every((share) => typeof share === "number");
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
