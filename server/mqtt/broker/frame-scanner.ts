const PUBLISH = 3;
const MAX_LENGTH_BYTES = 4;

export type ScanRefusal = "malformed packet length" | "packet too large";

/**
 * Follows MQTT framing (3.1.1 section 2.2) through a byte stream without copying it, to know each packet's length
 * before anybody buffers its body: the parser behind us would accept 256 MB from a stranger.
 */
export class FrameScanner {
  /** Packets of type PUBLISH that have begun. */
  publishes = 0;
  #type = -1;
  #length = 0;
  #lengthBytes = 0;
  #bodyLeft = 0;

  /** @returns why the stream must end, or `undefined` */
  scan(chunk: Uint8Array, maxPacketBytes: number): ScanRefusal | undefined {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#bodyLeft > 0) {
        const step = Math.min(this.#bodyLeft, chunk.length - offset);
        this.#bodyLeft -= step;
        offset += step;
      } else if (this.#type === -1) {
        this.#type = (chunk[offset++] ?? 0) >> 4;
        if (this.#type === PUBLISH) this.publishes += 1;
      } else {
        const refusal = this.#readLength(chunk[offset++] ?? 0, maxPacketBytes);
        if (refusal) return refusal;
      }
    }
    return undefined;
  }

  #readLength(byte: number, maxPacketBytes: number): ScanRefusal | undefined {
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes++;
    if (this.#length > maxPacketBytes) return "packet too large";
    if ((byte & 0x80) === 0) {
      this.#bodyLeft = this.#length;
      this.#type = -1;
      this.#length = 0;
      this.#lengthBytes = 0;
      return undefined;
    }
    return this.#lengthBytes === MAX_LENGTH_BYTES ? "malformed packet length" : undefined;
  }
}
