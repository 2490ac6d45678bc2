import { z } from "zod";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { maybeInstant } from "./shared";

export const farms = z
  .object({
    farms: z.array(
      z.object({
        id: z.uuid(),
        code: z.string(),
        name: z.string(),
        timeZone: z.string(),
        deviceCount: z.number().int(),
        freezeUntil: maybeInstant.meta({ description: "Until then rollouts hold the farm's devices" }),
        freezeReason: z.string().nullable(),
        milkingSessions: z.array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            weekdays: z.array(z.number().int()),
            startMinute: z.number().int().meta({ description: "Minutes after midnight on the farm" }),
            endMinute: z.number().int(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "FarmList" });

export const groups = z
  .object({
    groups: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        code: z.string(),
        description: z.string().nullable(),
        farmId: z.uuid().nullable().meta({ description: "`null` = spans farms" }),
        parentId: z.uuid().nullable(),
        deviceType: z.enum(DEVICE_TYPES).nullable(),
        active: z.boolean(),
        deviceCount: z.number().int(),
        onlineCount: z.number().int(),
      }),
    ),
  })
  .meta({ id: "GroupList" });
export const createdGroup = z.object({ id: z.uuid() }).meta({ id: "CreatedGroup" });

export const tag = z.object({ id: z.uuid(), name: z.string(), color: z.number().int(), deviceCount: z.number().int() }).meta({ id: "Tag" });
export const tags = z.object({ tags: z.array(tag) }).meta({ id: "TagList" });
