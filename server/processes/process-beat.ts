import { hostname } from "node:os";
import type { Database } from "@/server/db/client";
import { BEAT_SECONDS, type ProcessKind } from "@/server/domain/system/process-facts";
import { logFor } from "@/server/log";
import { beatProcess, endProcess, type ProcessBeat } from "@/server/services/system/beat-process";
import { readProductVersion } from "./product-version";

const log = logFor("process");

/** Says every few seconds that this process lives and what it knows, until it is stopped in order. */
export async function startProcessBeat(
  db: Database,
  {
    kind,
    id,
    facts,
  }: {
    kind: ProcessKind;
    /** Tells it from others of its kind on this machine, also after a restart. */ id: string;
    facts: () => ProcessBeat["facts"];
  },
): Promise<{ stop(): Promise<void> }> {
  const name = `${kind}@${hostname()}:${id}`;
  const version = await readProductVersion();
  let underWay: Promise<void> | undefined;
  const beat = () => {
    // While the database is away one call waits, not a growing number.
    underWay ??= beatProcess(db, {
      name,
      kind,
      version,
      nodeVersion: process.version,
      uptimeSeconds: process.uptime(),
      memoryBytes: process.memoryUsage.rss(),
      facts: facts(),
    })
      .catch((error: unknown) => log.debug({ err: error }, "the database is away; nobody learns how this process does"))
      .finally(() => (underWay = undefined));
  };
  beat();
  const timer = setInterval(beat, BEAT_SECONDS * 1000);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
      await endProcess(db, name).catch(() => undefined);
    },
  };
}
