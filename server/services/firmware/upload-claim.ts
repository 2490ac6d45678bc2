import { randomUUID } from "node:crypto";
import type { Database } from "@/server/db/client";
import { AppError } from "@/server/errors";

/** A transfer that has brought nothing for so long may be taken over. */
const SILENT_SECONDS = 20;
const BEAT_MS = 5_000;

export const UPLOAD_HOURS = 24;

/**
 * The right to write to one upload, held by one request of one process at a time, by the database's clock. It is kept
 * alive by bytes that arrive: a connection that broke without a word holds nobody up.
 */
export class UploadClaim {
  readonly writer = randomUUID();
  readonly #db: Database;
  readonly #id: string;
  #beatAtMs = Date.now();

  private constructor(db: Database, id: string) {
    this.#db = db;
    this.#id = id;
  }

  /** @throws unavailable while another transfer of the same file is under way, conflict when it is over */
  static async take(db: Database, id: string): Promise<UploadClaim> {
    const claim = new UploadClaim(db, id);
    const count = await db.$executeRaw`
      UPDATE firmware_upload SET writer = ${claim.writer}::uuid, writer_at = now(),
        expires_at = now() + make_interval(hours => ${UPLOAD_HOURS}::int)
      WHERE id = ${id}::uuid AND artifact_sha256 IS NULL AND failure IS NULL
        AND (writer IS NULL OR writer_at < now() - make_interval(secs => ${SILENT_SECONDS}::float8))`;
    if (count > 0) return claim;
    const upload = await db.firmwareUpload.findUnique({ where: { id } });
    if (!upload || upload.failure !== null || upload.artifactSha256 !== null) throw new AppError("conflict", "This transfer is over.");
    throw new AppError("unavailable", "Another transfer of this file is under way.", { retryAfterSeconds: 5 });
  }

  /** Says now and then how far it is. @throws conflict when another transfer has taken over */
  async beat(receivedBytes: number): Promise<void> {
    if (Date.now() - this.#beatAtMs < BEAT_MS) return;
    this.#beatAtMs = Date.now();
    await this.say(receivedBytes);
  }

  /** Says at once how far it is. @throws conflict when another transfer has taken over, or it was cancelled */
  async say(receivedBytes: number, sizeBytes?: number): Promise<void> {
    // Loses to a transfer that took over, and to a cancellation.
    const count = await this.#db.$executeRaw`
      UPDATE firmware_upload SET writer_at = now(), received_bytes = ${receivedBytes}, size_bytes = coalesce(${sizeBytes ?? null}::int, size_bytes)
      WHERE id = ${this.#id}::uuid AND writer = ${this.writer}::uuid`;
    if (count === 0) throw new AppError("conflict", "The transfer was cancelled, or another one has taken over.");
  }

  /** Lets the next request write. */
  async release(receivedBytes: number): Promise<void> {
    await this.#db.firmwareUpload.updateMany({ where: { id: this.#id, writer: this.writer }, data: { writer: null, receivedBytes } });
  }

  /** Ends the transfer for good, with the reason. */
  async fail(failure: string): Promise<void> {
    await this.#db.firmwareUpload.updateMany({ where: { id: this.#id, writer: this.writer }, data: { writer: null, failure } });
  }
}
