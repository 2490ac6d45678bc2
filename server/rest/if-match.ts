import { AppError } from "@/server/errors";
import type { RestCall } from "./route";

/** The version to change: the one in `If-Match`, or whatever it is now. @throws precondition_failed when it is another */
export function versionToChange({ version }: RestCall, current: number): number {
  if (version !== undefined && version !== current)
    throw new AppError("precondition_failed", "It was changed after you read it. Read it again, and send its new ETag in If-Match.");
  return current;
}
