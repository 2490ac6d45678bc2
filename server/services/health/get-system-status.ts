import { requireUser } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { readReception } from "./reception";

export interface SystemStatus {
  reception: {
    /** Whether messages of devices arrive; `null` = it was never noted. */
    isReceiving: boolean | null;
    /** Since when without a gap. */
    since: Date | null;
    silentSeconds: number | null;
  };
}

/** Past this without a beat nothing is received, for all a person can tell. */
const QUIET_SECONDS = 45;

/** Whether messages of devices arrive, for everybody. */
export async function getSystemStatus({ ctx }: { ctx: ServiceContext }): Promise<SystemStatus> {
  requireUser(ctx.actor);
  const { receivingSince, silentSeconds } = await readReception(ctx.db);
  const isReceiving = silentSeconds === null ? null : silentSeconds <= QUIET_SECONDS;
  return {
    reception: { isReceiving, since: isReceiving ? receivingSince : null, silentSeconds },
  };
}
