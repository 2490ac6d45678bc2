import { z } from "zod";
import { deviceIdSchema } from "../devices/device-id";
import { DEVICE_TYPES } from "../devices/device-type";

const whole = (what: string, min: number, max: number) => {
  const message = `${what} from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;
  return z.number(message).int(message).min(min, message).max(max, message).nullable();
};

/** One level's own thresholds; `null` = as the next level has it. */
export const thresholdRuleSchema = z
  .object({
    offlineWindowSeconds: whole("Whole seconds", 60, 2_592_000),
    lowBatteryThreshold: z.number("A percentage from 1 to 99").min(1, "At least 1 %").max(99, "At most 99 %").nullable(),
    weakSignalThreshold: whole("Whole dBm", -150, -30),
    elevatedErrors: whole("A whole number", 0, 1_000_000),
    highErrors: whole("A whole number", 0, 1_000_000),
  })
  .refine(({ elevatedErrors, highErrors }) => elevatedErrors === null || highErrors === null || elevatedErrors <= highErrors, {
    path: ["highErrors"],
    error: "Not below the number that warns",
  });

/** Whose rule: every device of a type, those of a group and the groups in it, or one device. */
export const ruleScopeSchema = z.discriminatedUnion("level", [
  z.object({ level: z.literal("type"), deviceType: z.enum(DEVICE_TYPES) }),
  z.object({ level: z.literal("group"), groupId: z.uuid() }),
  z.object({ level: z.literal("device"), deviceId: deviceIdSchema }),
]);
export type RuleScope = z.output<typeof ruleScopeSchema>;

/** `version` of the rule as it was read, 0 = there was none: what somebody else has saved meanwhile is not overwritten. */
export const setHealthRuleSchema = z.object({
  scope: ruleScopeSchema,
  rule: thresholdRuleSchema,
  version: z.number().int().min(0),
});

export const getHealthRulesSchema = z.object({ scope: ruleScopeSchema });
