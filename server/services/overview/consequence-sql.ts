import { Prisma } from "@/server/db/generated/client";
import { ANIMALS_DEPEND_ON, CONSEQUENCES, type Consequence } from "@/server/domain/overview/consequence";

/**
 * {@link import("@/server/domain/overview/consequence").consequenceOf} as the place in CONSEQUENCES, from 0, over the
 * tables `a` (alert) and `d` (its device, if any). A test holds both to the same answers.
 */
export function consequenceSql(): Prisma.Sql {
  const at = (consequence: Consequence) => Prisma.raw(String(CONSEQUENCES.indexOf(consequence)));
  const hurtsAnimals = Prisma.sql`coalesce(d.type = ANY(${ANIMALS_DEPEND_ON}::text[]::device_type[]), false)`;
  return Prisma.sql`(CASE
    WHEN a.type = 'reception_lost' THEN ${at("nothing_received")}
    WHEN a.type = 'group_offline' THEN ${at("group_outage")}
    WHEN a.severity = 'low' THEN ${at("low")}
    WHEN a.severity = 'critical' THEN CASE WHEN ${hurtsAnimals} THEN ${at("animals_critical")} ELSE ${at("critical")} END
    WHEN ${hurtsAnimals} THEN ${at("animals_warning")} ELSE ${at("warning")} END)`;
}
