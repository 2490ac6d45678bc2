import type { Actor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { auditHash, type AuditContent } from "./hash";

export interface AuditEntry {
  action: string;
  subjectType: "device" | "farm" | "person" | "invitation" | "provisioning_token" | "command" | "calibration_interval";
  subjectId: string;
  farmId: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Who, when it was not the caller: a device that came alive by itself. */
  actor?: Actor;
}

interface AuditSource {
  actor: Actor;
  now: Date;
  requestId: string;
}

const GENESIS = new Uint8Array(32);

/**
 * Appends to the audit log inside the transaction of the change itself: four statements, however many entries. Chains
 * are locked in order of their names, so two transactions never wait for each other in a circle. Call it last: the
 * lock is held until commit.
 */
export async function recordAudit(tx: Transaction, source: AuditSource, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const chains = [...new Set(entries.map(chainOf))].sort();
  await tx.$executeRaw`INSERT INTO audit_chain (chain, last_hash) SELECT unnest(${chains}::text[]), ${GENESIS} ON CONFLICT DO NOTHING`;
  const heads = await tx.$queryRaw<{ chain: string; last_seq: bigint; last_hash: Uint8Array }[]>`
    SELECT chain, last_seq, last_hash FROM audit_chain WHERE chain = ANY(${chains}) ORDER BY chain FOR UPDATE`;
  const head = new Map(heads.map((row) => [row.chain, { seq: row.last_seq, hash: new Uint8Array(row.last_hash) }]));

  const rows: Prisma.AuditEventCreateManyInput[] = [];
  for (const entry of entries) {
    const chain = chainOf(entry);
    const previous = head.get(chain) ?? { seq: 0n, hash: GENESIS };
    const content = contentOf(source, entry, chain, previous.seq + 1n);
    const hash = auditHash(previous.hash, content);
    rows.push({
      ...content,
      before: content.before as Prisma.InputJsonValue,
      after: content.after as Prisma.InputJsonValue,
      previousHash: previous.hash,
      hash,
    });
    head.set(chain, { seq: content.seq, hash });
  }
  await tx.auditEvent.createMany({ data: rows });
  const tips = [...head].map(([chain, tip]) => ({ chain, last_seq: tip.seq.toString(), last_hash: Buffer.from(tip.hash).toString("hex") }));
  await tx.$executeRaw`
    UPDATE audit_chain c SET last_seq = t.last_seq, last_hash = decode(t.last_hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(tips)}::jsonb) AS t(chain text, last_seq bigint, last_hash text)
    WHERE c.chain = t.chain`;
}

function chainOf(entry: AuditEntry): string {
  return entry.farmId ?? "system";
}

function contentOf(source: AuditSource, entry: AuditEntry, chain: string, seq: bigint): AuditContent {
  const actor = entry.actor ?? source.actor;
  return {
    chain,
    seq,
    at: source.now,
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : null,
    actorLabel: actor.kind === "user" ? actor.name : actor.label,
    farmId: entry.farmId,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    // Through JSON, so that the hash covers exactly what the database gives back.
    before: entry.before ? JSON.parse(JSON.stringify(entry.before)) : undefined,
    after: entry.after ? JSON.parse(JSON.stringify(entry.after)) : undefined,
    requestId: source.requestId,
  };
}
