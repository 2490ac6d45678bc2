import type { FileHandle } from "node:fs/promises";
import type { ByteRange } from "./byte-range";

const CHUNK_BYTES = 131_072;
/** Who takes not one chunk in so long is gone, or slower than 0.5 KB a second. */
const PATIENCE_MS = 300_000;

/**
 * A part of a file as the body of a response: read as fast as it is taken, two chunks at most in memory. However it ends
 * (read to the end, given up by the receiver, aborted, stalled) the file is closed and `onEnd` is called once.
 */
export function fileBody(
  file: FileHandle,
  { start, end }: ByteRange,
  { signal, onEnd }: { signal: AbortSignal; onEnd: () => void },
): ReadableStream<Uint8Array> {
  let position = start;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let hasEnded = false;
  const stalled = setTimeout(() => fail(new Error("nobody takes the bytes")), PATIENCE_MS);
  const aborted = () => fail(new Error("the receiver is gone"));

  async function finish(): Promise<void> {
    if (hasEnded) return;
    hasEnded = true;
    clearTimeout(stalled);
    signal.removeEventListener("abort", aborted);
    onEnd();
    await file.close();
  }
  function fail(error: Error): void {
    if (hasEnded) return;
    controller.error(error);
    void finish();
  }

  return new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
      signal.addEventListener("abort", aborted);
      if (signal.aborted) aborted();
    },
    async pull() {
      stalled.refresh();
      const length = Math.min(CHUNK_BYTES, end + 1 - position);
      try {
        const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, position);
        if (hasEnded) return;
        if (bytesRead === 0) throw new Error("a firmware file is shorter than its row says");
        position += bytesRead;
        controller.enqueue(buffer.subarray(0, bytesRead));
        if (position <= end) return;
        controller.close();
        await finish();
      } catch (error) {
        fail(error as Error);
      }
    },
    cancel: finish,
  });
}
