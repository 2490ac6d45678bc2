import type { Actor } from "@/server/actor";
import type { Database } from "@/server/db/client";

/** What every verb needs: where, who, when, and which request to name in the audit. */
export interface ServiceContext<A extends Actor = Actor> {
  db: Database;
  actor: A;
  now: Date;
  requestId: string;
}
