import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Database } from "@/server/db/client";
import { groupBy } from "@/server/domain/group-by";
import { readFacts, type Fact } from "./read-facts";

const PREFIX = "smartdairy_";

/** What each number says; one without a line here is not told. */
const HELP: Record<string, string> = {
  devices: "Devices by type, lifecycle, health and connection",
  alerts_open: "Open alerts by type, severity and state",
  notifications_due: "Notifications that are due and not sent yet, by channel",
  commands_pending: "Commands that wait for their device, by kind",
  reception_silent_seconds: "Seconds since messages of devices were last known to be received",
  job_last_start_timestamp_seconds: "When a scheduled job last began",
  job_last_duration_seconds: "How long its last run took",
  job_runs_total: "How often it has run",
  job_failures_total: "How often it has failed",
  job_last_failed: "1 when its last run failed",
  job_last_count: "What its last run did",
};

let ofProcess: Registry | undefined;

/** Of this web process: memory, event loop, garbage collection. Collected once a process. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** Everything a Prometheus scrape gets (text exposition format 0.0.4). */
export async function renderMetrics(db: Database): Promise<{ contentType: string; text: string }> {
  const registry = new Registry();
  for (const [metric, facts] of groupBy(await readFacts(db), (fact) => fact.metric)) addGauge(registry, metric, facts);
  const merged = Registry.merge([processMetrics(), registry]);
  return { contentType: merged.contentType, text: await merged.metrics() };
}

function addGauge(registry: Registry, metric: string, facts: readonly Fact[]): void {
  const help = HELP[metric];
  if (help === undefined) return;
  const labelNames = Object.keys(facts[0]?.labels ?? {});
  const gauge = new Gauge({ name: PREFIX + metric, help, labelNames, registers: [registry] });
  for (const { labels, value } of facts) gauge.set(labels, value);
}
