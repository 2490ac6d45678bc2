import { z } from "zod";

/** How often a process says that it lives. */
export const BEAT_SECONDS = 10;
/** After this long without a word it counts as gone. */
export const SILENT_SECONDS = 45;

export const PROCESS_KINDS = ["web", "worker", "broker"] as const;
export type ProcessKind = (typeof PROCESS_KINDS)[number];

/** What the embedded broker knows of itself. */
export const brokerFactsSchema = z.object({
  devices: z.number().int(),
  /** Connections of our own. */
  services: z.number().int(),
  receivedPerMinute: z.number().int(),
  sentPerMinute: z.number().int(),
});
export type BrokerFacts = z.output<typeof brokerFactsSchema>;

const subscriptionSchema = z.object({
  filter: z.string(),
  /** What the broker granted; `null` = it refused. */
  qos: z.number().int().nullable(),
});
export type Subscription = z.output<typeof subscriptionSchema>;

/** What an external broker says of itself below `$SYS`, where it does. */
const sysFactsSchema = z.object({
  version: z.string().nullable(),
  clients: z.number().nullable(),
  receivedPerMinute: z.number().nullable(),
});
export type SysFacts = z.output<typeof sysFactsSchema>;

/** What a worker knows of the broker it is connected to. */
export const workerFactsSchema = z.object({
  isEmbedded: z.boolean(),
  /** Scheme, host and port; never the account. */
  address: z.string(),
  /** Of the connection that sends commands; `null` = it is not connected. */
  connectedSince: z.coerce.date().nullable(),
  sentPerMinute: z.number().int(),
  /** Empty with the embedded broker, which stores what devices send by itself. */
  bridge: z
    .object({
      connectedSince: z.coerce.date().nullable(),
      receivedPerMinute: z.number().int(),
      subscriptions: z.array(subscriptionSchema),
      /** `null` = the broker does not say, or may not be asked. */
      sys: sysFactsSchema.nullable(),
    })
    .nullable(),
});
export type WorkerFacts = z.output<typeof workerFactsSchema>;
