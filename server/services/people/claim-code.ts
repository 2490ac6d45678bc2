import { createHash } from "node:crypto";
import type { Database } from "@/server/db/client";
import { AppError } from "@/server/errors";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";

/** Longer than a code is taken: its own 30 seconds, and those before and after for clocks that are wrong. */
const WINDOW_SECONDS = 120;

/** Uses a code up: what somebody watched being typed opens nothing again (RFC 6238, 5.2). @returns false = it was used before */
export async function claimCode(db: Database, { userId, code }: { userId: string; code: string }): Promise<boolean> {
  const key = `code-used:${createHash("sha256").update(`${userId}:${code}`).digest("hex")}`;
  try {
    await consumeRateLimit(db, { key, max: 1, windowSeconds: WINDOW_SECONDS });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return false;
    throw error;
  }
}
