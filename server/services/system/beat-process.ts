import type { Database } from "@/server/db/client";
import type { BrokerFacts, ProcessKind, WorkerFacts } from "@/server/domain/system/process-facts";

export interface ProcessBeat {
  /** The same after a restart: `worker@host:smartdairy-worker`. */
  name: string;
  kind: ProcessKind;
  version: string;
  nodeVersion: string;
  uptimeSeconds: number;
  memoryBytes: number;
  facts: BrokerFacts | WorkerFacts | Record<string, never>;
}

const KEPT_HOURS = 24;

/** Notes that a process lives and what it knows, by the database's clock. */
export async function beatProcess(db: Database, beat: ProcessBeat): Promise<void> {
  const { name, kind, version, nodeVersion, uptimeSeconds, memoryBytes, facts } = beat;
  await db.$executeRaw`
    INSERT INTO process_beat (name, kind, version, node_version, started_at, alive_at, memory_bytes, facts)
    VALUES (${name}, ${kind}, ${version}, ${nodeVersion}, now() - make_interval(secs => ${uptimeSeconds}::float8), now(),
      ${memoryBytes}::bigint, ${JSON.stringify(facts)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, version = excluded.version, node_version = excluded.node_version,
      started_at = excluded.started_at, alive_at = excluded.alive_at, memory_bytes = excluded.memory_bytes, facts = excluded.facts`;
}

/** A process that stops in order leaves nothing behind that looks like one that died. */
export async function endProcess(db: Database, name: string): Promise<void> {
  await db.$executeRaw`DELETE FROM process_beat WHERE name = ${name}`;
}

/** Forgets processes that have been silent for a day. */
export async function forgetProcesses(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM process_beat WHERE alive_at < now() - make_interval(hours => ${KEPT_HOURS}::int)`;
}
