import { refusalOf, type ManifestClaims, type ManifestReader, type ManifestRefusal } from "@/server/domain/firmware/manifest";
import type { FirmwareKey } from "@/server/domain/firmware/trusted-keys";
import type { BackOff } from "../back-off";
import type { Random } from "../random";
import { checkManifest, KeysOutOfReach } from "./manifest-check";
import type { UpdateFault } from "./update-faults";

const SLOT_BYTES = 64 * 1_048_576;
const LEAST_CHARGE_PERCENT = 20;

/** What a `firmware_update` command says. */
export interface UpdateOrder {
  execution: string;
  attempt: number;
  /** Compact JWS. */
  manifest: string;
  url: string;
}

/** A code of docs/device-protocol.md, section 7.1, and the same for people. */
export interface UpdateRefusal {
  code: string;
  error: string;
}

interface Judgement {
  manifest: ManifestClaims;
  /** To be kept. */
  keys: readonly FirmwareKey[];
  fault: UpdateFault | undefined;
  /** That version runs already. */
  isHere: boolean;
}

interface Judge {
  reader: ManifestReader;
  keys: readonly FirmwareKey[];
  chargePercent: () => number | undefined;
  now: Date;
  drawFault: (manifest: ManifestClaims, attempt: number) => UpdateFault | undefined;
  backOff: BackOff;
  random: Random;
  signal: AbortSignal;
}

const REFUSALS: Record<Exclude<ManifestRefusal, "same_version">, string> = {
  incompatible: "the manifest is for another device, type or model",
  expired: "the manifest has expired",
  downgrade: "the image is not newer than the one that runs",
};

const FORGED: UpdateRefusal = { code: "signature", error: "the manifest’s signature does not hold" };

/**
 * Whether a device takes an order on, by its manifest and its own condition.
 * @throws when the power goes away meanwhile
 */
export async function judgeOrder(order: UpdateOrder, judge: Judge): Promise<Judgement | UpdateRefusal> {
  try {
    return await judgeManifest(order, judge);
  } catch (error) {
    if (error instanceof KeysOutOfReach) return { code: "network", error: error.message };
    throw error;
  }
}

async function judgeManifest(order: UpdateOrder, judge: Judge): Promise<Judgement | UpdateRefusal> {
  const { backOff, random, signal } = judge;
  const how = { server: new URL(order.url).origin, backOff, random, signal };
  const checked = await checkManifest({ jws: order.manifest, keys: judge.keys, ...how });
  if (!checked) return FORGED;
  const { claims: manifest } = checked;
  if (manifest.execution !== order.execution) return { code: "incompatible", error: "the manifest belongs to another update" };
  const fault = judge.drawFault(manifest, order.attempt);
  if (fault === "tampered") {
    const changed = await checkManifest({ jws: tampered(order.manifest), keys: checked.keys, ...how });
    if (!changed) return FORGED;
  }
  const refusal = refusalOf(manifest, judge.reader, judge.now);
  if (refusal === "same_version") return { manifest, keys: checked.keys, fault: undefined, isHere: true };
  if (refusal) return { code: refusal, error: REFUSALS[refusal] };
  const charge = judge.chargePercent();
  if (charge !== undefined && charge < LEAST_CHARGE_PERCENT)
    return { code: "battery", error: `the battery has ${Math.round(charge)} %, an update needs ${LEAST_CHARGE_PERCENT} %` };
  if (manifest.sizeBytes > SLOT_BYTES) return { code: "no_space", error: `a slot takes ${SLOT_BYTES} bytes` };
  return { manifest, keys: checked.keys, fault, isHere: false };
}

/** The same manifest for a version that was never signed. */
function tampered(jws: string): string {
  const [header, payload = "", signature] = jws.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as ManifestClaims;
  return [header, Buffer.from(JSON.stringify({ ...claims, sequence: claims.sequence + 1 })).toString("base64url"), signature].join(".");
}
