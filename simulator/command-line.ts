import { parseArgs } from "node:util";
import { FAULT_LEVELS, type FaultLevel } from "./behaviour/faults";
import { readUpdateFaults, UPDATE_FAULT_MEANINGS, type UpdateFaultShares } from "./firmware/update-faults";
import { UsageError } from "./usage-error";

export const USAGE = `Simulates dairy devices that speak the public protocol (docs/device-protocol.md).

  npm run simulate -- --credentials file.json [--url mqtt://localhost:1883]
  npm run simulate -- --provision-url http://localhost:3000 --tokens file.json

  --credentials file    JSON array of {"deviceId", "type", "password"}
  --tokens file         JSON array of provisioning tokens, in full or as their three words, each redeemed once
  --provision-url url   web server the tokens are redeemed at
  --state file          remembers what firmware the devices run until the next start
  --save file           write the credentials that were redeemed (readable by you alone)
  --url url             broker; with tokens, the default is what the server answers
  --devices n           start at most n of them
  --interval seconds    between heartbeats, default 30
  --speed-up factor     batteries, sun and faults run faster, heartbeats do not; default 1
  --seed n              same seed, same herd; default 1
  --faults level        ${FAULT_LEVELS.join(", ")}; default normal
  --update-faults list  share of firmware updates that go wrong, e.g. corrupt=0.1,brick=0.02; default none:
${Object.entries(UPDATE_FAULT_MEANINGS)
  .map(([fault, meaning]) => `                          ${fault.padEnd(10)} ${meaning}`)
  .join("\n")}`;

const DEFAULT_URL = "mqtt://localhost:1883";
const BROKER_PROTOCOLS = ["mqtt:", "mqtts:", "ws:", "wss:"];

export interface CommandLine {
  source: { kind: "credentials"; file: string } | { kind: "tokens"; file: string; provisionUrl: string; saveFile: string | undefined };
  /** Broker asked for; with tokens, `undefined` means what provisioning answers. */
  url: string | undefined;
  deviceLimit: number;
  intervalSeconds: number;
  speedUp: number;
  seed: number;
  faults: FaultLevel;
  updateFaults: UpdateFaultShares;
  stateFile: string | undefined;
}

/**
 * Reads the arguments of `npm run simulate`.
 * @returns `undefined` when help was asked for
 * @throws UsageError
 */
export function readCommandLine(args: string[]): CommandLine | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const source = sourceOf(values);
  return {
    source,
    url: brokerUrl(values.url ?? (source.kind === "credentials" ? DEFAULT_URL : undefined)),
    deviceLimit: numberOf("devices", values.devices, { default: Number.MAX_SAFE_INTEGER, min: 1, isWhole: true }),
    intervalSeconds: numberOf("interval", values.interval, { default: 30, min: 0.05 }),
    speedUp: numberOf("speed-up", values["speed-up"], { default: 1, min: 0.001 }),
    seed: numberOf("seed", values.seed, { default: 1, min: 0, isWhole: true }),
    faults: faultLevel(values.faults),
    updateFaults: readUpdateFaults(values["update-faults"]),
    stateFile: values.state,
  };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args,
      strict: true,
      options: {
        credentials: text,
        tokens: text,
        "provision-url": text,
        save: text,
        url: text,
        devices: text,
        interval: text,
        "speed-up": text,
        seed: text,
        faults: text,
        state: text,
        "update-faults": text,
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function sourceOf(values: ReturnType<typeof parse>): CommandLine["source"] {
  const { credentials, tokens, "provision-url": provisionUrl, save } = values;
  if (credentials !== undefined && (tokens !== undefined || provisionUrl !== undefined)) {
    throw new UsageError("Give either --credentials or --provision-url with --tokens, not both");
  }
  if (credentials !== undefined) return { kind: "credentials", file: credentials };
  if (tokens !== undefined && provisionUrl !== undefined) {
    if (!isUrlOf(["http:", "https:"], provisionUrl)) throw new UsageError("--provision-url must be an http or https address");
    return { kind: "tokens", file: tokens, provisionUrl, saveFile: save };
  }
  throw new UsageError("No credentials: give --credentials file.json, or --provision-url with --tokens file.json");
}

function brokerUrl(url: string | undefined): string | undefined {
  if (url === undefined || isUrlOf(BROKER_PROTOCOLS, url)) return url;
  throw new UsageError("--url must look like mqtt://localhost:1883 (mqtt, mqtts, ws or wss)");
}

function isUrlOf(protocols: string[], text: string): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function faultLevel(text = "normal"): FaultLevel {
  const level = FAULT_LEVELS.find((each) => each === text);
  if (level) return level;
  throw new UsageError(`--faults must be one of ${FAULT_LEVELS.join(", ")}`);
}

function numberOf(name: string, text: string | undefined, rule: { default: number; min: number; isWhole?: boolean }): number {
  if (text === undefined) return rule.default;
  const value = Number(text);
  const isFine = text.trim() !== "" && Number.isFinite(value) && value >= rule.min && (!rule.isWhole || Number.isSafeInteger(value));
  if (isFine) return value;
  throw new UsageError(`--${name} must be a ${rule.isWhole ? "whole " : ""}number of at least ${rule.min}`);
}
