import { Duplex } from "node:stream";
import { logFor } from "@/server/log";
import { MAX_PAYLOAD_BYTES } from "../payloads";
import { FrameScanner } from "./frame-scanner";
import { TokenBucket } from "./token-bucket";

const log = logFor("broker");

/** A CONNECT with our longest names, password and will needs a tenth of this. */
const MAX_BYTES_BEFORE_CONNECT = 4 * 1024;
/** Payload, topic and packet id. */
const MAX_PACKET_BYTES = MAX_PAYLOAD_BYTES + 256;

export interface MessageRate {
  perSecond: number;
  burst: number;
}

/**
 * Stands between a socket and the broker. Ends a connection whose packet is too large before its body is read, and
 * slows a device that publishes too fast by not reading from it (TCP does the rest): nothing is lost, nobody else waits.
 */
export class GuardedStream extends Duplex {
  /** Set by the broker once CONNECT was accepted. */
  accepted = false;
  /** Not for the server's own commands: what a rollout sends at once is no flood. */
  limited = true;
  readonly #inner: Duplex;
  readonly #scanner = new FrameScanner();
  readonly #bucket: TokenBucket;
  /** Where the client comes from, for limits and log lines. */
  readonly address: string;
  #counted = 0;
  #slowed = false;

  constructor(inner: Duplex, address: string, rate: MessageRate) {
    super();
    this.#inner = inner;
    this.address = address;
    this.#bucket = new TokenBucket(rate.perSecond, rate.burst, Date.now());
    inner.on("data", (chunk: Buffer) => this.#onData(chunk));
    inner.on("end", () => this.push(null));
    inner.on("error", (error) => this.destroy(error));
    inner.on("close", () => this.destroy());
    inner.pause();
  }

  override _read(): void {
    if (!this.#slowed) this.#inner.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#inner.destroyed) done(new Error("connection is closed"));
    else this.#inner.write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#inner.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }

  #onData(chunk: Buffer): void {
    const refusal = this.#scanner.scan(chunk, this.accepted ? MAX_PACKET_BYTES : MAX_BYTES_BEFORE_CONNECT);
    if (refusal) {
      log.warn({ address: this.address, accepted: this.accepted }, `connection closed: ${refusal}`);
      this.destroy();
      return;
    }
    if (!this.push(chunk)) this.#inner.pause();
    if (this.limited) this.#slowDown();
  }

  #slowDown(): void {
    let waitMs = 0;
    for (; this.#counted < this.#scanner.publishes; this.#counted++) waitMs = this.#bucket.takeOnCredit(Date.now());
    if (waitMs === 0 || this.#slowed) return;
    this.#slowed = true;
    this.#inner.pause();
    log.debug({ address: this.address, waitMs }, "a client publishes too fast; it is read more slowly");
    setTimeout(() => {
      this.#slowed = false;
      this.#inner.resume();
    }, waitMs).unref();
  }
}
