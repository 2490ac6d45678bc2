import type { z } from "zod";
import { commandPayload, configPayload, type CommandMessage } from "@/server/mqtt/payloads";

type Downlink =
  { kind: "command"; command: CommandMessage } | { kind: "config"; config: z.output<typeof configPayload> } | { kind: "invalid" };

/** Reads a message of the server; what does not hold the contract is `invalid`, and a device ignores it. */
export function readDownlink(channel: "command" | "config", payload: Uint8Array): Downlink {
  const message = parseJson(payload);
  if (channel === "command") {
    const command = commandPayload.safeParse(message);
    return command.success ? { kind: "command", command: command.data } : { kind: "invalid" };
  }
  const config = configPayload.safeParse(message);
  return config.success ? { kind: "config", config: config.data } : { kind: "invalid" };
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch {
    return undefined;
  }
}
