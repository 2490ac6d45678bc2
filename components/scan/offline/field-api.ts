import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import type { DeviceType } from "@/server/domain/devices/device-type";
import type { FieldActionInput } from "@/server/domain/scan/action";
import type { IdBlockView } from "@/server/services/devices/id-blocks/views";
import type { FieldPackPage } from "@/server/services/scan/get-field-pack";
import type { Scanned } from "@/server/services/scan/find-scanned";
import type { FieldAnswer } from "@/server/services/scan/perform-action";
import type { AppRouter } from "@/server/trpc/root";

// Shared by the page and the service worker.

export type ScannedBy = { deviceId: string } | { serialNumber: string } | { macAddress: string };

/** The calls of a scanner, each with the patience it deserves. */
export interface FieldApi {
  find(by: ScannedBy): Promise<Scanned>;
  pack(input: { cursor: string | null; farmId: string | null }): Promise<FieldPackPage>;
  perform(action: FieldActionInput): Promise<FieldAnswer>;
  /** Blink now, or not at all: nobody stands before it later. */
  identify(deviceId: string): Promise<unknown>;
  deletePhoto(input: { deviceId: string; photoId: string }): Promise<unknown>;
  /** The runs of new IDs that the person has reserved for work without a network. */
  blocks(): Promise<IdBlockView[]>;
  reserveIds(input: { farmId: string; type: DeviceType; count: number; requestKey: string }): Promise<IdBlockView>;
}

/** Somebody stands there and waits; what the tablet knows is shown meanwhile. */
const FIND_MS = 4_000;
const PACK_MS = 60_000;
/** A picture over a barn's uplink takes its time. */
const PERFORM_MS = 60_000;

export function fieldApi(): FieldApi {
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: "/api/trpc", transformer: superjson, methodOverride: "POST" })],
  });
  return {
    find: (by) => client.scan.find.query(by, { signal: AbortSignal.timeout(FIND_MS) }),
    pack: (input) => client.scan.pack.query(input, { signal: AbortSignal.timeout(PACK_MS) }),
    perform: (action) => client.scan.perform.mutate(action, { signal: AbortSignal.timeout(PERFORM_MS) }),
    identify: (deviceId) => client.commands.identify.mutate({ deviceId }, { signal: AbortSignal.timeout(FIND_MS) }),
    deletePhoto: (input) => client.scan.deletePhoto.mutate(input, { signal: AbortSignal.timeout(PERFORM_MS) }),
    blocks: () => client.devices.idBlocks.query({ mine: true, purposes: ["offline"] }, { signal: AbortSignal.timeout(PACK_MS) }),
    reserveIds: (input) => client.devices.reserveIds.mutate({ ...input, purpose: "offline" }, { signal: AbortSignal.timeout(PERFORM_MS) }),
  };
}

/** What a failed call means for what comes next. */
export type CallFailure = { kind: "unreachable"; reason: string } | { kind: "signed_out" } | { kind: "refused"; reason: string };

export function failureOf(error: unknown): CallFailure {
  const data = error instanceof TRPCClientError ? (error.data as { httpStatus?: number; fields?: object } | null) : null;
  const status = data?.httpStatus;
  if (status === undefined) return { kind: "unreachable", reason: "The server cannot be reached." };
  // Nobody is signed in, or somebody else than who did it.
  if (status === 401 || "ownerId" in (data?.fields ?? {})) return { kind: "signed_out" };
  const reason = (error as Error).message;
  return status >= 500 || status === 429 ? { kind: "unreachable", reason } : { kind: "refused", reason };
}
