import { randomInt } from "node:crypto";
import { AppError } from "@/server/errors";

const FIRST_RETRY_SECONDS = 5;
const LAST_RETRY_SECONDS = 30;

/** How many downloads a process serves at once; further ones are sent away for a while. */
export class DownloadSlots {
  #taken = 0;

  get taken(): number {
    return this.#taken;
  }

  /**
   * @returns gives the slot back; more than once does no harm
   * @throws unavailable with a `Retry-After` that differs from caller to caller, so that they do not return together
   */
  take(max: number): () => void {
    if (this.#taken >= max) {
      const retryAfterSeconds = randomInt(FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS + 1);
      throw new AppError("unavailable", "Too many downloads are under way. Try again after a while.", { retryAfterSeconds });
    }
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}
