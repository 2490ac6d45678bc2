import { z } from "zod";
import type { CommandKind } from "@/server/domain/commands/schema";

/** What each command a device understands takes (docs/device-protocol.md, Commands). */
const COMMAND_PARAMS = {
  identify: z.object({ seconds: z.number().int().min(5).max(120) }),
  restart: z.object({}),
  diagnostic: z.object({}),
  configure: z.object({
    reportIntervalSeconds: z.number().int().min(5).max(86_400),
    lowBatteryThreshold: z.number().min(0).max(100).optional(),
  }),
  firmware_update: z.object({
    execution: z.uuid(),
    attempt: z.number().int().min(1).max(1000),
    manifest: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }),
  }),
} as const satisfies Record<CommandKind, z.ZodType>;

export type Order = { [Kind in CommandKind]: { kind: Kind } & z.output<(typeof COMMAND_PARAMS)[Kind]> }[CommandKind];

/** The order in a command message, or the reason why it cannot be carried out. */
export function orderOf(kind: CommandKind, params: Record<string, unknown>): { order: Order } | { error: string } {
  const parsed = COMMAND_PARAMS[kind].safeParse(params);
  if (parsed.success) return { order: { kind, ...parsed.data } as Order };
  const issue = parsed.error.issues[0];
  return { error: `invalid parameter ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`.slice(0, 500) };
}
