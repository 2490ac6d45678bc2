import { hash } from "node:crypto";
import type { ActorKind } from "@/server/db/generated/client";

export interface AuditContent {
  chain: string;
  seq: bigint;
  at: Date;
  actorKind: ActorKind;
  actorId: string | null;
  actorLabel: string;
  farmId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

/** What the first event of a chain builds on. */
export const GENESIS: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** JSON with sorted keys: the same text for the same value, whatever the database did to the order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
  );
}

/** SHA-256 over the previous event's hash and this event's content. */
export function auditHash(previousHash: Uint8Array, content: AuditContent): Uint8Array<ArrayBuffer> {
  const text = canonicalJson({ ...content, seq: content.seq.toString(), at: content.at.toISOString() });
  return new Uint8Array(hash("sha256", Buffer.concat([previousHash, Buffer.from(text)]), "buffer"));
}
