import type { Database } from "@/server/db/client";
import { PROCESS_KINDS, SILENT_SECONDS, type ProcessKind } from "@/server/domain/system/process-facts";

export interface ProcessView {
  name: string;
  kind: ProcessKind;
  version: string;
  nodeVersion: string;
  startedAt: Date;
  aliveAt: Date;
  /** It has been heard of within {@link SILENT_SECONDS}. */
  isAlive: boolean;
  memoryBytes: number;
}

/** The processes of the product as they said themselves, those that went silent within the last day last. */
export async function readProcesses(db: Database): Promise<(ProcessView & { facts: unknown })[]> {
  const rows = await db.$queryRaw<(Omit<ProcessView, "memoryBytes" | "kind"> & { kind: string; memoryBytes: bigint; facts: unknown })[]>`
    SELECT name, kind, version, node_version AS "nodeVersion", started_at AS "startedAt", alive_at AS "aliveAt",
      alive_at > now() - make_interval(secs => ${SILENT_SECONDS}::float8) AS "isAlive", memory_bytes AS "memoryBytes", facts
    FROM process_beat`;
  return rows
    .flatMap((row) => {
      // Another version may have kinds that this one does not know.
      const kind = PROCESS_KINDS.find((known) => known === row.kind);
      return kind ? [{ ...row, kind, memoryBytes: Number(row.memoryBytes) }] : [];
    })
    .sort(
      (a, b) =>
        Number(b.isAlive) - Number(a.isAlive) ||
        PROCESS_KINDS.indexOf(a.kind) - PROCESS_KINDS.indexOf(b.kind) ||
        a.name.localeCompare(b.name),
    );
}
