import { brokerFactsSchema, type Subscription, workerFactsSchema } from "@/server/domain/system/process-facts";
import type { readProcesses } from "./read-processes";

export interface BrokerView {
  isEmbedded: boolean;
  /** `null` = no worker has said. */
  address: string | null;
  /** Whether our service is connected to it; `null` = no worker lives that could know. */
  isReachable: boolean | null;
  /** Of the connections of all workers, the one that has lasted longest. */
  connectedSince: Date | null;
  /** As the broker says; `null` = an external one that does not. */
  version: string | null;
  /** Connections of devices, and of our own. An external broker tells the sum only. */
  clients: { devices: number | null; services: number | null; total: number } | null;
  /** That reached us; `null` = not known. */
  receivedPerMinute: number | null;
  /** That an external broker took from everybody, ours or not; `null` = it does not say. */
  brokerReceivedPerMinute: number | null;
  sentPerMinute: number | null;
  /** Empty with the embedded broker: it stores what devices send before it acknowledges. */
  subscriptions: Subscription[];
}

type Processes = Awaited<ReturnType<typeof readProcesses>>;

/** What is known of the broker, from what its process and the workers say of it. What nobody says stays unknown. */
export function describeBroker(processes: Processes): BrokerView {
  const alive = processes.filter(({ isAlive }) => isAlive);
  const workers = alive.flatMap(({ kind, facts }) => (kind === "worker" ? (workerFactsSchema.safeParse(facts).data ?? []) : []));
  const brokers = alive.flatMap(({ kind, facts }) => (kind === "broker" ? (brokerFactsSchema.safeParse(facts).data ?? []) : []));
  const [broker] = brokers;
  const bridges = workers.flatMap(({ bridge }) => bridge ?? []);
  const sys = bridges.find((bridge) => bridge.sys)?.sys ?? null;
  const connections = workers.flatMap(({ connectedSince, bridge }) => [connectedSince, bridge?.connectedSince]);
  const since = connections.filter((at) => at !== null && at !== undefined).sort((a, b) => a.getTime() - b.getTime());
  const isEmbedded = workers[0]?.isEmbedded ?? processes.some(({ kind }) => kind === "broker");
  return {
    isEmbedded,
    address: workers[0]?.address ?? null,
    isReachable: workers.length === 0 ? null : workers.some((worker) => (worker.bridge ?? worker).connectedSince !== null),
    connectedSince: since[0] ?? null,
    version: sys?.version ?? null,
    clients: broker
      ? { devices: broker.devices, services: broker.services, total: broker.devices + broker.services }
      : sys?.clients !== undefined && sys.clients !== null
        ? { devices: null, services: null, total: sys.clients }
        : null,
    receivedPerMinute: broker
      ? broker.receivedPerMinute
      : bridges.length > 0
        ? sum(bridges.map((bridge) => bridge.receivedPerMinute))
        : null,
    brokerReceivedPerMinute: sys?.receivedPerMinute ?? null,
    sentPerMinute: workers.length > 0 ? sum(workers.map((worker) => worker.sentPerMinute)) : null,
    subscriptions: bridges.find(({ subscriptions }) => subscriptions.length > 0)?.subscriptions ?? [],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
