import { timingSafeEqual } from "node:crypto";
import { hashSecret } from "@/server/services/provisioning/secret";

/** Whether a request carries the cron secret as a bearer token; compared in constant time. */
export function isCronCaller(headers: Headers, secret: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  return timingSafeEqual(hashSecret(given), hashSecret(secret));
}
