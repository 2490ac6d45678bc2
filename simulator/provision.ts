import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { deviceTypeOfPrefix } from "@/server/domain/devices/device-type";
import { trustedKeysSchema } from "@/server/domain/firmware/trusted-keys";
import { reconnectDelayMs, type BackOff } from "./back-off";
import type { DeviceIdentity } from "./device-identity";
import type { Random } from "./random";
import { retryAfterMs } from "./retry-after";

const NONCE_BYTES = 16;
const ANSWER_TIMEOUT_MS = 15_000;
/** The server repeats a lost answer to the same nonce for this long. */
const SAME_ANSWER_MS = 600_000;
const RETRY: BackOff = { firstMs: 1000, lastMs: 60_000, stableMs: 0 };

const answerSchema = z.object({
  deviceId: z.string(),
  mqtt: z.object({
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535),
    tls: z.boolean(),
    username: z.string(),
    clientId: z.string(),
    password: z.string().min(1),
  }),
  topics: z.record(z.string(), z.string()),
  ca: z.string().optional(),
  firmwareKeys: trustedKeysSchema.optional(),
});

const problemSchema = z.object({ title: z.string().optional(), detail: z.string().optional(), code: z.string().optional() });

/** The server refused the token or the request; asking again cannot help. */
export class ProvisioningRefused extends Error {
  override readonly name = "ProvisioningRefused";
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

interface RedeemOptions {
  /** Of the web server, for example `http://localhost:3000`. */
  url: string;
  token: string;
  /** Jitter between attempts. */
  random: Random;
  /** What the device knows about its hardware. */
  hardware?: { serialNumber?: string; macAddress?: string; manufacturer?: string; model?: string; firmwareVersion?: string };
  backOff?: BackOff;
}

/**
 * Redeems a provisioning token over HTTP (docs/device-protocol.md, Provisioning). A lost answer is asked for again
 * with the same nonce; 429 waits as long as the server says.
 * @throws ProvisioningRefused when the server says no; the last network error when none of its answers arrived
 */
export async function redeemToken({ url, token, random, hardware = {}, backOff = RETRY }: RedeemOptions): Promise<DeviceIdentity> {
  const endpoint = new URL("/api/v1/iot/provision", url);
  const body = JSON.stringify({ token, nonce: randomBytes(NONCE_BYTES).toString("base64url"), ...hardware });
  const deadlineMs = Date.now() + SAME_ANSWER_MS;
  for (let failures = 0; ; failures += 1) {
    const outcome = await attempt(endpoint, body);
    if ("identity" in outcome) return outcome.identity;
    const waitMs = Math.max(outcome.retryAfterMs, reconnectDelayMs(failures, random, backOff));
    if (Date.now() + waitMs > deadlineMs) throw outcome.error;
    await sleep(waitMs);
  }
}

type Outcome = { identity: DeviceIdentity } | { error: Error; retryAfterMs: number };

async function attempt(endpoint: URL, body: string): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, application/problem+json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    return { error: new Error(`no answer from ${endpoint.origin}`, { cause: error }), retryAfterMs: 0 };
  }
  if (response.ok) return { identity: identityOf(answerSchema.parse(JSON.parse(text))) };
  const problem = problemOf(text);
  const reason = problem.detail ?? problem.title ?? response.statusText;
  const refusal = new ProvisioningRefused(response.status, problem.code, `${response.status} ${reason}`);
  if (response.status !== 429 && response.status < 500) throw refusal;
  return { error: refusal, retryAfterMs: retryAfterMs(response.headers.get("retry-after")) };
}

function identityOf(answer: z.output<typeof answerSchema>): DeviceIdentity {
  const { host, port, tls, password } = answer.mqtt;
  return {
    deviceId: answer.deviceId,
    type: deviceTypeOfPrefix(answer.deviceId) ?? "environmental",
    password,
    url: `${tls ? "mqtts" : "mqtt"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    ...(answer.ca === undefined ? {} : { certificateAuthority: answer.ca }),
    ...(answer.firmwareKeys === undefined ? {} : { firmwareKeys: answer.firmwareKeys }),
  };
}

function problemOf(text: string): z.output<typeof problemSchema> {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
