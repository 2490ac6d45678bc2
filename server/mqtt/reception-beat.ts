import type { Database } from "@/server/db/client";
import { logFor } from "@/server/log";
import { BEAT_SECONDS, beatReception } from "@/server/services/health/reception";

const log = logFor("reception");

/** Says every few seconds that messages are received and can be stored, for as long as that is so. */
export function startReceptionBeat(db: Database, isReceiving: () => boolean): { stop(): void } {
  const beat = () => {
    if (!isReceiving()) return;
    beatReception(db).catch((error: unknown) => log.warn({ err: error }, "the database is away; nothing can be received"));
  };
  beat();
  const timer = setInterval(beat, BEAT_SECONDS * 1000);
  return { stop: () => clearInterval(timer) };
}
