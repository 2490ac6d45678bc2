import { inflateSync } from "node:zlib";

const HEADER_BYTES = 12;
const ENTRY_BYTES = 16;

/** The OpenType font inside a WOFF 1.0 file (W3C Recommendation, sections 4 and 5): the shaper reads nothing else. */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("Not a WOFF font");
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(HEADER_BYTES + ENTRY_BYTES * count);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((count - power) * 16, 10);
  const tables: Buffer[] = [];
  let offset = header.length;
  for (let index = 0; index < count; index++) {
    const from = 44 + 20 * index;
    const [start, packedBytes, plainBytes] = [4, 8, 12].map((field) => woff.readUInt32BE(from + field)) as [number, number, number];
    const stored = woff.subarray(start, start + packedBytes);
    const table = packedBytes < plainBytes ? inflateSync(stored) : stored;
    const to = HEADER_BYTES + ENTRY_BYTES * index;
    woff.copy(header, to, from, from + 4);
    woff.copy(header, to + 4, from + 16, from + 20);
    header.writeUInt32BE(offset, to + 8);
    header.writeUInt32BE(table.length, to + 12);
    const padding = Buffer.alloc((4 - (table.length % 4)) % 4);
    tables.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat([header, ...tables]);
}
