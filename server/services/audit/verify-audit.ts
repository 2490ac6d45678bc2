import type { Database } from "@/server/db/client";
import { groupBy } from "@/server/domain/group-by";
import { auditHash, GENESIS, type AuditContent } from "./hash";

/** Where a chain ended at some moment; kept elsewhere, it proves what was there then. */
export interface AuditHead {
  chain: string;
  /** Number of the last event, from 1. */
  seq: string;
  /** SHA-256, hexadecimal. */
  hash: string;
}

export interface AuditFinding {
  chain: string;
  /** The event's number, where one can be named. */
  seq: string | null;
  message: string;
}

export interface AuditVerdict {
  chains: number;
  events: number;
  findings: AuditFinding[];
  /** To be kept elsewhere, and given as `anchors` the next time. */
  heads: AuditHead[];
}

const PAGE = 2_000;
const BEFORE_ALL = -(2n ** 63n);

interface Link extends AuditContent {
  previousHash: Uint8Array;
  hash: Uint8Array;
}

/**
 * Recomputes every chain and says what does not fit: events that were changed, removed, inserted or reordered, and a
 * chain that ends elsewhere than its head says. What rewrites the end of a chain and its head alike is found only
 * beside `anchors`: heads that were kept outside of the database. Reads a page at a time, while others write.
 */
export async function verifyAudit(db: Database, anchors: readonly AuditHead[] = []): Promise<AuditVerdict> {
  const rows = await db.$queryRaw<{ chain: string }[]>`
    SELECT chain FROM audit_chain UNION SELECT chain FROM audit_event ORDER BY chain`;
  const verdict: AuditVerdict = { chains: rows.length, events: 0, findings: [], heads: [] };
  const anchored = groupBy(anchors, (anchor) => anchor.chain);
  for (const { chain } of rows) {
    await verifyChain(db, chain, anchored.get(chain) ?? [], verdict);
    anchored.delete(chain);
  }
  for (const chain of anchored.keys()) verdict.findings.push({ chain, seq: null, message: "the whole chain was removed" });
  return verdict;
}

async function verifyChain(db: Database, chain: string, anchors: readonly AuditHead[], verdict: AuditVerdict): Promise<void> {
  const find = (seq: bigint | null, message: string) => verdict.findings.push({ chain, seq: seq === null ? null : String(seq), message });
  const kept = new Map(anchors.map((anchor) => [anchor.seq, anchor.hash]));
  let last: Pick<Link, "seq" | "hash"> = { seq: 0n, hash: GENESIS };
  let after = BEFORE_ALL;
  for (;;) {
    const links = await readLinks(db, chain, after);
    for (const link of links) {
      checkLink(link, last, find);
      const anchor = kept.get(String(link.seq));
      if (anchor !== undefined && anchor !== hex(link.hash)) find(link.seq, "is not the event that was anchored: history was rewritten");
      kept.delete(String(link.seq));
      last = { seq: link.seq, hash: link.hash };
      after = link.seq;
    }
    verdict.events += links.length;
    if (links.length > 0) continue;
    const end = await readEnd(db, chain);
    // Somebody wrote meanwhile.
    if (end.max !== null && end.max > after) continue;
    checkEnd(end, last, find);
    break;
  }
  for (const seq of kept.keys()) find(BigInt(seq), "was anchored and is gone");
  verdict.heads.push({ chain, seq: String(last.seq), hash: hex(last.hash) });
}

type Find = (seq: bigint | null, message: string) => void;

function checkLink(link: Link, last: { seq: bigint; hash: Uint8Array }, find: Find): void {
  const { previousHash, hash, ...content } = link;
  if (link.seq !== last.seq + 1n) {
    if (link.seq <= last.seq) find(link.seq, "was inserted: a chain begins at 1");
    else find(link.seq, `follows a gap: ${rangeOf(last.seq + 1n, link.seq - 1n)} removed`);
  } else if (!same(previousHash, last.hash)) {
    find(link.seq, `does not build on the event before it: one of them was inserted, replaced or moved`);
  }
  if (!same(hash, auditHash(previousHash, content))) find(link.seq, `was changed (${content.action}, by ${content.actorLabel})`);
}

function checkEnd(end: End, last: { seq: bigint; hash: Uint8Array }, find: Find): void {
  if (end.lastSeq === null || end.lastHash === null) find(null, "the head of the chain was removed");
  else if (end.lastSeq > last.seq) find(last.seq + 1n, `the end was cut off: ${rangeOf(last.seq + 1n, end.lastSeq)} removed`);
  else if (end.lastSeq < last.seq) find(end.lastSeq + 1n, `was inserted after the end: the head says ${end.lastSeq}`);
  else if (!same(end.lastHash, last.hash)) find(last.seq, "is not the one that the head of the chain names");
}

function rangeOf(first: bigint, last: bigint): string {
  return first === last ? `event ${first} was` : `events ${first} to ${last} were`;
}

async function readLinks(db: Database, chain: string, after: bigint): Promise<Link[]> {
  const rows = await db.auditEvent.findMany({ where: { chain, seq: { gt: after } }, orderBy: { seq: "asc" }, take: PAGE });
  // What was never set is absent from the hashed text, as it was when it was written.
  return rows.map(({ before, after: later, ...row }) => ({ ...row, before: before ?? undefined, after: later ?? undefined }));
}

interface End {
  max: bigint | null;
  lastSeq: bigint | null;
  lastHash: Uint8Array | null;
}

/** Head and last event in one statement: of one moment. */
async function readEnd(db: Database, chain: string): Promise<End> {
  const [end] = await db.$queryRaw<End[]>`
    SELECT (SELECT max(seq) FROM audit_event WHERE chain = ${chain}) AS max,
      (SELECT last_seq FROM audit_chain WHERE chain = ${chain}) AS "lastSeq",
      (SELECT last_hash FROM audit_chain WHERE chain = ${chain}) AS "lastHash"`;
  return end ?? { max: null, lastSeq: null, lastHash: null };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
