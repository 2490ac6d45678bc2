import type { Transaction } from "@/server/db/client";

/** What can change under a watcher's eyes. `ids` of devices and credentials are device IDs (MM001). */
export type FeedTopic =
  | "devices"
  | "credentials"
  | "farms"
  | "people"
  | "groups"
  | "tags"
  | "maintenance"
  | "tokens"
  | "views"
  | "bulk"
  | "alerts"
  | "notifications"
  | "firmware"
  | "rollouts"
  | "labels"
  | "imports"
  | "api_keys"
  | "webhooks";

export interface Change {
  topic: FeedTopic;
  farmIds: string[];
  ids: string[];
}

/** Tells watchers, in the transaction that makes the change: they learn of it if and only if it commits. */
export async function announce(tx: Transaction, change: Change): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO change_feed (xid, topic, farm_ids, ids)
    VALUES ((pg_current_xact_id()::text)::bigint, ${change.topic}, ${change.farmIds}::uuid[], ${change.ids}::text[])`;
}

/** Like {@link announce}, for what belongs to no single farm: people of every farm learn that the topic changed. */
export async function announceEverywhere(tx: Transaction, topic: FeedTopic, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO change_feed (xid, topic, farm_ids, ids)
    SELECT (pg_current_xact_id()::text)::bigint, ${topic}, coalesce(array_agg(id), '{}'), ${ids}::text[] FROM farm`;
}
