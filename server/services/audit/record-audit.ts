import type { KeyActor, SystemActor, UserActor } from "@/server/actor";
import type { Transaction } from "@/server/db/client";
import { auditHash, GENESIS, type AuditContent } from "./hash";

/** Who did something. Work that goes on after a request knows no more of the person than this. */
export type AuditActor = Pick<UserActor, "kind" | "userId" | "name"> | Pick<KeyActor, "kind" | "keyId" | "name"> | SystemActor;

export interface AuditEntry {
  action: string;
  subjectType:
    | "device"
    | "farm"
    | "person"
    | "invitation"
    | "provisioning_token"
    | "command"
    | "group"
    | "tag"
    | "calibration_interval"
    | "health_rule"
    | "alert"
    | "notification_rule"
    | "rollout"
    | "firmware"
    | "firmware_file"
    | "firmware_signing_key"
    | "device_id_block"
    | "label_print"
    | "import"
    | "api_key"
    | "webhook"
    | "retention"
    | "job";
  subjectId: string;
  farmId: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Who, when it was not the caller: a device that came alive by itself. */
  actor?: AuditActor;
}

interface AuditSource {
  actor: AuditActor;
  now: Date;
  requestId: string;
}

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

  const rows: Record<string, unknown>[] = [];
  for (const entry of entries) {
    const chain = chainOf(entry);
    const previous = head.get(chain) ?? { seq: 0n, hash: GENESIS };
    const content = contentOf(source, entry, chain, previous.seq + 1n);
    const hash = auditHash(previous.hash, content);
    rows.push({
      chain,
      seq: content.seq.toString(),
      at: content.at,
      actor_kind: content.actorKind,
      actor_id: content.actorId,
      actor_label: content.actorLabel,
      farm_id: content.farmId,
      action: content.action,
      subject_type: content.subjectType,
      subject_id: content.subjectId,
      before: content.before,
      after: content.after,
      request_id: content.requestId,
      previous_hash: hex(previous.hash),
      hash: hex(hash),
    });
    head.set(chain, { seq: content.seq, hash });
  }
  // One document as one parameter: thousands of entries would be more parameters than a statement takes.
  await tx.$executeRaw`
    INSERT INTO audit_event (chain, seq, at, actor_kind, actor_id, actor_label, farm_id, action, subject_type, subject_id, before, after, request_id, previous_hash, hash)
    SELECT chain, seq, at, actor_kind::actor_kind, actor_id, actor_label, farm_id, action, subject_type, subject_id, before, after, request_id,
      decode(previous_hash, 'hex'), decode(hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(chain text, seq bigint, at timestamptz, actor_kind text, actor_id text,
      actor_label text, farm_id uuid, action text, subject_type text, subject_id text, before jsonb, after jsonb, request_id text,
      previous_hash text, hash text)`;
  const tips = [...head].map(([chain, tip]) => ({ chain, last_seq: tip.seq.toString(), last_hash: hex(tip.hash) }));
  await tx.$executeRaw`
    UPDATE audit_chain c SET last_seq = t.last_seq, last_hash = decode(t.last_hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(tips)}::jsonb) AS t(chain text, last_seq bigint, last_hash text)
    WHERE c.chain = t.chain`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
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
    actorId: actor.kind === "user" ? actor.userId : actor.kind === "api_key" ? actor.keyId : null,
    actorLabel: "name" in actor ? actor.name : actor.label,
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
