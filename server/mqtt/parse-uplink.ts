import type { z } from "zod";
import type { DeviceUplink } from "@/server/services/ingest/ingest-uplinks";
import { dataPayload, firmwarePayload, MAX_PAYLOAD_BYTES, responsePayload, statusPayload } from "./payloads";
import { FAILURE_CODES, REPORTED_STATES, type ReportedUpdateState } from "@/server/domain/rollouts/vocabulary";
import type { UpdateReport } from "@/server/domain/rollouts/fold-reports";
import type { UplinkChannel } from "./topics";

/**
 * Turns one message into what ingest understands. Never throws: what cannot be read becomes an `invalid` uplink whose
 * reason names the field, so that the device's page can show it.
 */
export function parseUplink(deviceId: string, channel: UplinkChannel, payload: Buffer, receivedAt: Date): DeviceUplink {
  const base = { receivedAt, bytes: payload.length };
  const invalid = (reason: string): DeviceUplink => ({
    deviceId,
    uplink: { ...base, kind: "invalid", reason: `${channel}: ${reason}`.slice(0, 300) },
  });
  if (payload.length > MAX_PAYLOAD_BYTES) return invalid(`payload is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  const text = payload.toString("utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid("payload is not valid JSON");
  }
  // PostgreSQL stores neither in text or jsonb; a message that carries one must not fail a whole batch.
  if (/\\u0000|\\ud[89a-f]/.test(JSON.stringify(json))) return invalid("contains a NUL character or half a surrogate pair");
  switch (channel) {
    case "status": {
      const status = statusPayload.safeParse(json);
      if (!status.success) return invalid(describe(status.error));
      if (status.data.online === false) return { deviceId, uplink: { ...base, kind: "offline", bootId: status.data.bootId } };
      const { execution } = status.data;
      return {
        deviceId,
        uplink: { ...base, kind: "heartbeat", heartbeat: status.data },
        ...(execution ? { update: toUpdateReport(execution) } : {}),
      };
    }
    case "response": {
      const response = responsePayload.safeParse(json);
      if (!response.success) return invalid(describe(response.error));
      return { deviceId, uplink: { ...base, kind: "other" }, response: response.data };
    }
    case "data": {
      const data = dataPayload.safeParse(json);
      if (!data.success) return invalid(describe(data.error));
      return { deviceId, uplink: { ...base, kind: "other" } };
    }
    case "firmware": {
      const progress = firmwarePayload.safeParse(json);
      if (!progress.success) return invalid(describe(progress.error));
      return { deviceId, uplink: { ...base, kind: "other" }, update: toUpdateReport(progress.data) };
    }
  }
}

type SaidUpdate = Pick<z.output<typeof firmwarePayload>, "id" | "attempt" | "state" | "progress"> & { code?: string; error?: string };

/** A state of a firmware newer than this server says nothing that it understands. */
function toUpdateReport({ id, attempt, state, progress, code, error }: SaidUpdate): UpdateReport | undefined {
  if (!REPORTED_STATES.includes(state as ReportedUpdateState)) return undefined;
  const hasFailed = state === "failed" || state === "rolled_back";
  return {
    execution: id,
    attempt,
    state: state as ReportedUpdateState,
    progress: progress ?? null,
    code: hasFailed ? (FAILURE_CODES.find((known) => known === code) ?? "unknown") : null,
    error: hasFailed ? (error ?? null) : null,
  };
}

function describe(error: z.ZodError): string {
  const complaint = error.issues[0] && deepest(error.issues[0]);
  if (!complaint) return "payload does not match the protocol";
  return complaint.path.length > 0 ? `${complaint.path.join(".")}: ${complaint.message}` : complaint.message;
}

/** A union reports each branch; the last one's complaint (the heartbeat's) is the one a firmware engineer needs. */
function deepest(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  const inner = issue.code === "invalid_union" ? issue.errors.at(-1)?.[0] : undefined;
  if (!inner) return issue;
  const { path, message } = deepest(inner);
  return { path: [...issue.path, ...path], message };
}
