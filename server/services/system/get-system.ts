import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { readReception } from "@/server/services/health/reception";
import { describeBroker, type BrokerView } from "./describe-broker";
import { readBacklog, type Backlog } from "./read-backlog";
import { readJobs, type JobView } from "./read-jobs";
import { readProcesses, type ProcessView } from "./read-processes";

export interface SystemView {
  broker: BrokerView;
  /** Since when messages of devices can be received and stored without a gap; `null` = they cannot now, or never could. */
  receivingSince: Date | null;
  jobs: JobView[];
  processes: ProcessView[];
  backlog: Backlog[];
}

/** How the parts of the installation are, as they have told the database. @throws forbidden unless the caller is an admin */
export async function getSystem({ ctx }: { ctx: ServiceContext }): Promise<SystemView> {
  requireAdmin(ctx.actor);
  const processes = await readProcesses(ctx.db);
  const [jobs, backlog, reception] = await Promise.all([
    readJobs(ctx.db, clockSince(processes)),
    readBacklog(ctx.db),
    readReception(ctx.db),
  ]);
  const isReceiving = reception.receivingSince !== null && reception.receivingSince.getTime() !== reception.now.getTime();
  return {
    broker: describeBroker(processes),
    receivingSince: isReceiving ? reception.receivingSince : null,
    jobs,
    processes: processes.map(({ facts: _, ...view }) => view),
    backlog,
  };
}

/** The clocks are in the workers. */
function clockSince(processes: readonly ProcessView[]): Date | null {
  const starts = processes.filter(({ kind, isAlive }) => kind === "worker" && isAlive).map(({ startedAt }) => startedAt.getTime());
  return starts.length > 0 ? new Date(Math.min(...starts)) : null;
}
