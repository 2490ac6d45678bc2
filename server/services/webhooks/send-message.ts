import type { WebhookMessage } from "@/server/domain/webhooks/payloads";
import { env } from "@/server/env";
import { postOutside, type PostResult } from "@/server/services/net/safe-post";
import type { Outside } from "@/server/services/net/safe-fetch";
import { secretsAt, signedHeaders } from "./secrets";

/** For name, connection and answer together. */
export const ANSWER_WITHIN_MS = 10_000;

export interface Receiver {
  id: string;
  url: string;
  farmIds: string[];
  sealedSecret: Uint8Array;
  sealedFormerSecret: Uint8Array | null;
  formerSecretUntil: Date | null;
}

interface SendOptions {
  now: Date;
  timeoutMs?: number;
  outside?: Outside;
}

/** Signs a message and posts it. Never throws: what went wrong is in the result. */
export async function sendMessage(
  receiver: Receiver,
  message: WebhookMessage,
  { now, timeoutMs = ANSWER_WITHIN_MS, outside }: SendOptions,
): Promise<PostResult> {
  const body = bodyFor(message, receiver.farmIds);
  let headers: Record<string, string>;
  try {
    headers = signedHeaders({ id: message.id, body, at: now }, secretsAt(receiver, now));
  } catch {
    const error = "The secret cannot be opened: SESSION_SECRET has changed. Restore it, or rotate the secret";
    return { status: null, retryAfter: null, excerpt: "", latencyMs: 0, error };
  }
  return postOutside(receiver.url, { headers, body, timeoutMs, outside, allowLoopback: env().WEBHOOK_ALLOW_LOOPBACK });
}

/** What is sent, the same in every attempt. Of a rollout an endpoint for some farms is told of these only. */
export function bodyFor({ id, type, timestamp, data }: WebhookMessage, farmIds: readonly string[]): string {
  const { farms } = data as { farms?: { id: string }[] };
  const own = farms && farmIds.length > 0 ? { ...data, farms: farms.filter((farm) => farmIds.includes(farm.id)) } : data;
  return JSON.stringify({ id, type, timestamp, data: own });
}
