import { JOB_FACTS, JOB_NAMES } from "@/server/domain/system/jobs";
import { logFor } from "@/server/log";

const log = logFor("clock");

const TIMEOUT_MS = 50_000;

/** Calls the scheduled API routes; any outside scheduler may do the same instead (DESIGN 1). */
export class Clock {
  readonly #timers: NodeJS.Timeout[];
  readonly #target: { baseUrl: string; secret: string };

  constructor(target: { baseUrl: string; secret: string }) {
    this.#target = target;
    this.#timers = JOB_NAMES.map((job) => setInterval(() => void this.#call(job), JOB_FACTS[job].everySeconds * 1000));
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #call(job: string): Promise<void> {
    try {
      const response = await fetch(new URL(`/api/cron/${job}`, this.#target.baseUrl), {
        method: "POST",
        headers: { authorization: `Bearer ${this.#target.secret}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      // 409: another worker's call is under way, which is as good as ours.
      if (!response.ok && response.status !== 409) log.warn({ job, status: response.status }, "a scheduled job was refused");
    } catch (error) {
      log.warn({ job, err: error }, "a scheduled job could not be called; next try at its next time");
    }
  }
}
