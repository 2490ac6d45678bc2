import { z } from "zod";
import { MAX_FIRMWARE_BYTES } from "./domain/firmware/vocabulary";

/** Configuration of one process, read once from the environment. Every variable is described in the README's table. */
const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "set DATABASE_URL to postgresql://user:password@host:5432/database" }),
  /** Set by the supervisor for the embedded database only: the folder of its socket. */
  DATABASE_SOCKET_FOLDER: z.string().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(4),
  /** Set by the supervisor when it runs the whole product on one machine. */
  EMBEDDED: z.stringbool().default(false),
  EMBEDDED_BROKER: z.stringbool().default(false),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Where the worker's clock reaches the web server. */
  INTERNAL_URL: z.url().default("http://127.0.0.1:3000"),
  DATA_DIR: z.string().default(".data"),
  PUBLIC_URL: z.url({ error: "set PUBLIC_URL to the address people open, e.g. https://dairy.example" }).default("http://localhost:3000"),
  SESSION_SECRET: z
    .string({ error: "set SESSION_SECRET to at least 32 random characters" })
    .min(32, "SESSION_SECRET needs at least 32 characters"),
  CRON_SECRET: z.string({ error: "set CRON_SECRET to at least 32 random characters" }).min(32, "CRON_SECRET needs at least 32 characters"),
  /** For Prometheus; without one, the CRON_SECRET opens the metrics too. */
  METRICS_SECRET: z.string().min(32, "METRICS_SECRET needs at least 32 characters").optional(),
  SETUP_CODE: z.string().min(8).optional(),
  MQTT_URL: z.url({ protocol: /^(mqtts?|wss?)$/, error: "set MQTT_URL to mqtt://host:1883 or mqtts://host:8883" }).optional(),
  /** Session name of the bridge at an external broker; one for each worker process. */
  MQTT_CLIENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .default("smartdairy-worker"),
  /** Interface the embedded broker listens on. */
  MQTT_HOST: z.string().default("127.0.0.1"),
  MQTT_USERNAME: z.string().default("smartdairy-service"),
  MQTT_PASSWORD: z.string().default(""),
  /** What devices are told to connect to; may differ from where the server itself reaches the broker. */
  PUBLIC_MQTT_HOST: z.string().default("localhost"),
  PUBLIC_MQTT_PORT: z.coerce.number().int().min(1).max(65535).default(1883),
  PUBLIC_MQTT_WS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  PUBLIC_MQTT_TLS: z.stringbool().default(false),
  MQTT_CA_FILE: z.string().optional(),
  MQTT_COMMAND_QOS: z.coerce.number().int().min(1).max(2).default(2),
  /** Of one firmware file. */
  FIRMWARE_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(MAX_FIRMWARE_BYTES, "FIRMWARE_MAX_BYTES goes up to 1073741824 (1 GiB)")
    .default(268_435_456),
  /** At the same time, of each web process. */
  FIRMWARE_MAX_DOWNLOADS: z.coerce.number().int().min(1).max(10_000).default(50),
  /** Whether whoever put a version into testing may not be the one who calls it stable. */
  FIRMWARE_SECOND_PERSON: z.stringbool().default(false),
  /** Servers that firmware may be fetched from, separated by commas; none = any on the public internet. */
  FIRMWARE_DOWNLOAD_HOSTS: z
    .string()
    .default("")
    .transform((hosts) =>
      hosts
        .toLowerCase()
        .split(",")
        .map((host) => host.trim())
        .filter(Boolean),
    ),
  /** For development and tests: webhooks may go to receivers on this machine, also by http. */
  WEBHOOK_ALLOW_LOOPBACK: z.stringbool().default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default("Smart Dairy <no-reply@localhost>"),
  TRUSTED_PROXY: z.stringbool().default(false),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
});

/** What would start and be open to others: refused in production, unless everything is on one machine. */
const safeSchema = schema.superRefine((env, context) => {
  const refuse = (name: keyof typeof env, message: string) => context.addIssue({ code: "custom", path: [name], message });
  for (const name of ["SESSION_SECRET", "CRON_SECRET", "METRICS_SECRET"] as const)
    if (new Set(env[name] ?? "0123456789").size < 10)
      refuse(name, `${name} is too easy to guess; set it to the output of: openssl rand -hex 32`);
  if (env.SESSION_SECRET === env.CRON_SECRET)
    refuse("CRON_SECRET", "CRON_SECRET must differ from SESSION_SECRET: one is shown to schedulers");
  if (env.NODE_ENV !== "production" || env.EMBEDDED) return;
  const { protocol, hostname } = new URL(env.PUBLIC_URL);
  if (protocol !== "https:" && !isThisMachine(hostname))
    refuse("PUBLIC_URL", "set PUBLIC_URL to an https address: over http, passwords and sessions could be read on the way");
});

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export type Env = z.infer<typeof schema>;

let cached: Env | undefined;

/**
 * The validated environment.
 * @throws Error listing every wrong variable with what to set, so that a misconfigured process refuses to start.
 */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** @throws Error naming each wrong variable and what to set */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  // An empty variable means "not set": shells and compose files cannot express the difference.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = safeSchema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Configuration is incomplete:\n${lines.join("\n")}`);
}
