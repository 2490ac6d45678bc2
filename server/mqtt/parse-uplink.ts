import type { z } from "zod";
import type { DeviceUplink } from "@/server/services/ingest/ingest-uplinks";
import { dataPayload, firmwarePayload, MAX_PAYLOAD_BYTES, responsePayload, statusPayload } from "./payloads";
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
      return { deviceId, uplink: { ...base, kind: "heartbeat", heartbeat: status.data } };
    }
    case "response": {
      const response = responsePayload.safeParse(json);
      if (!response.success) return invalid(describe(response.error));
      return { deviceId, uplink: { ...base, kind: "other" }, response: response.data };
    }
    case "data":
    case "firmware": {
      const result = (channel === "data" ? dataPayload : firmwarePayload).safeParse(json);
      if (!result.success) return invalid(describe(result.error));
      return { deviceId, uplink: { ...base, kind: "other" } };
    }
  }
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
