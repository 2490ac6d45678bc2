import type { ArtifactView } from "@/server/services/firmware/keep-artifact";
import type { UploadView } from "@/server/services/firmware/find-upload";

/** How a file's way to the server stands. */
export type UploadStatus =
  | { phase: "sending"; sentBytes: number; bytesPerSecond: number | null }
  /** The connection broke; it goes on by itself. */
  | { phase: "waiting"; sentBytes: number }
  | { phase: "done"; artifact: ArtifactView }
  | { phase: "failed"; message: string };

const UPLOADS = "/api/firmware/uploads";
const TUS = { "tus-resumable": "1.0.0" };
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** Broken off so often in a row, without a byte in between, nobody waits any longer. */
const MAX_BREAKS = 20;
const REMEMBERED = "smart-dairy-upload:";

/** Took too long, another offset, locked, too many requests: asking how far it is and going on helps. */
const PASSING = [408, 409, 423, 429];

class Refused extends Error {}

/**
 * Sends one file by the tus protocol: goes on where it was after a break of the connection, also when the same file is
 * chosen again after the page was closed.
 */
export class UploadTask {
  readonly #file: File;
  readonly #expectedSha256: string;
  readonly #onStatus: (status: UploadStatus) => void;
  #location: string | undefined;
  #request: XMLHttpRequest | undefined;
  #stopped = false;
  #breaks = 0;

  constructor(file: File, expectedSha256: string, onStatus: (status: UploadStatus) => void) {
    this.#file = file;
    this.#expectedSha256 = expectedSha256;
    this.#onStatus = onStatus;
  }

  async start(): Promise<void> {
    try {
      let offset = await this.#resume();
      let outcome = offset === this.#file.size ? await this.#outcome() : undefined;
      while (!this.#stopped && !outcome) {
        // Also when every byte has arrived: a server that died just then checks the file once it is asked again.
        const before = offset;
        offset = await this.#send(offset).catch((error: unknown) => this.#recover(error, before));
        if (offset > before) this.#breaks = 0;
        if (offset === this.#file.size && !this.#stopped) outcome = await this.#outcome();
      }
      if (outcome) this.#say(outcome);
    } catch (error) {
      if (this.#stopped) return;
      this.#forget();
      this.#say({ phase: "failed", message: error instanceof Refused ? error.message : "The server cannot be reached. Try again later." });
    }
  }

  /** Ends it, and forgets on the server what has arrived. */
  cancel(): void {
    this.#stopped = true;
    this.#request?.abort();
    this.#forget();
    if (this.#location) void fetch(this.#location, { method: "DELETE", headers: TUS, keepalive: true }).catch(() => undefined);
  }

  /** Leaves it as it is, to be gone on with later. */
  leave(): void {
    this.#stopped = true;
    this.#request?.abort();
  }

  /** @returns how far it is already */
  async #resume(): Promise<number> {
    const known = localStorage.getItem(this.#key());
    if (known) {
      const response = await fetch(known, { method: "HEAD", headers: TUS });
      if (response.ok) {
        this.#location = known;
        return Number(response.headers.get("upload-offset") ?? 0);
      }
    }
    const metadata = [`filename ${base64(this.#file.name)}`, this.#expectedSha256 ? `sha256 ${base64(this.#expectedSha256)}` : ""];
    const response = await fetch(UPLOADS, {
      method: "POST",
      headers: { ...TUS, "upload-length": String(this.#file.size), "upload-metadata": metadata.filter(Boolean).join(",") },
    });
    if (!response.ok) throw new Refused(await reasonOf(response.text()));
    this.#location = response.headers.get("location") ?? UPLOADS;
    localStorage.setItem(this.#key(), this.#location);
    return 0;
  }

  /** Sends the rest in one request. @returns how far it is then */
  #send(offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const begunMs = performance.now();
      this.#request = request;
      request.open("PATCH", this.#location ?? UPLOADS);
      for (const [name, value] of Object.entries(TUS)) request.setRequestHeader(name, value);
      request.setRequestHeader("content-type", "application/offset+octet-stream");
      request.setRequestHeader("upload-offset", String(offset));
      request.upload.onprogress = ({ loaded }) => {
        const seconds = (performance.now() - begunMs) / 1_000;
        const bytesPerSecond = seconds > 1 ? loaded / seconds : null;
        this.#say({ phase: "sending", sentBytes: Math.min(offset + loaded, this.#file.size), bytesPerSecond });
      };
      request.onload = () => {
        if (request.status === 204) resolve(Number(request.getResponseHeader("upload-offset") ?? 0));
        else if (request.status >= 500 || PASSING.includes(request.status)) reject(new Error(`status ${request.status}`));
        else void reasonOf(Promise.resolve(request.responseText)).then((reason) => reject(new Refused(reason)));
      };
      request.onerror = () => reject(new Error("the connection broke"));
      request.onabort = () => reject(new Error("stopped"));
      request.send(this.#file.slice(offset));
    });
  }

  /** After a break: waits, then asks how far it is. @throws when it was refused, or broke too often */
  async #recover(error: unknown, offset: number): Promise<number> {
    if (this.#stopped) return offset;
    if (error instanceof Refused || ++this.#breaks > MAX_BREAKS) throw error;
    this.#say({ phase: "waiting", sentBytes: offset });
    await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#breaks - 1))));
    if (this.#stopped) return offset;
    const response = await fetch(this.#location ?? UPLOADS, { method: "HEAD", headers: TUS }).catch(() => undefined);
    if (!response || response.status >= 500) return offset;
    if (!response.ok) throw new Refused("The transfer is over on the server. Choose the file again.");
    return Number(response.headers.get("upload-offset") ?? offset);
  }

  /** @returns `undefined` = the server has not looked at the whole file yet */
  async #outcome(): Promise<UploadStatus | undefined> {
    const response = await fetch(this.#location ?? UPLOADS).catch(() => undefined);
    if (!response || response.status >= 500) return undefined;
    if (!response.ok) throw new Refused(await reasonOf(response.text()));
    const { artifact, failure } = (await response.json()) as UploadView;
    if (failure !== null) throw new Refused(failure);
    if (!artifact) return undefined;
    this.#forget();
    return { phase: "done", artifact };
  }

  #say(status: UploadStatus): void {
    if (!this.#stopped) this.#onStatus(status);
  }

  #key(): string {
    const { name, size, lastModified } = this.#file;
    return `${REMEMBERED}${name}:${size}:${lastModified}:${this.#expectedSha256}`;
  }

  #forget(): void {
    localStorage.removeItem(this.#key());
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** What a problem (RFC 9457) says. */
async function reasonOf(body: Promise<string>): Promise<string> {
  try {
    const { detail } = JSON.parse(await body) as { detail?: string };
    if (detail) return detail;
  } catch {
    // Said below.
  }
  return "The server refused the file.";
}
