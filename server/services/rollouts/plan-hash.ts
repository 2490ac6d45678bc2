import { createHash } from "node:crypto";
import type { PreflightInput } from "@/server/domain/rollouts/schema";

/** What was previewed, in 64 digits: the same devices, stages and rules give the same. @param devices digest of their keys */
export function planHash({ firmwareId, stages, policy }: PreflightInput, devices: string): string {
  return createHash("sha256").update(JSON.stringify({ firmwareId, stages, policy, devices })).digest("hex");
}
