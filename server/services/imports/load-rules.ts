import type { Database, Transaction } from "@/server/db/client";
import type { ImportJob } from "@/server/db/generated/client";
import type { ImportFarm, ImportGroup, ImportRules } from "@/server/domain/imports/rules";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import type { Rights } from "./rights";

/** What the rows of an import are judged by: farms, groups and tags as they are now. Three statements. */
export async function loadRules(
  db: Database | Transaction,
  job: Pick<ImportJob, "mode" | "defaultFarmId">,
  rights: Rights,
  now: Date,
): Promise<ImportRules> {
  const allFarms = await db.farm.findMany({ select: { id: true, code: true, timeZone: true } });
  const farms = allFarms
    .filter(({ id }) => rights.may("device.read", id))
    .map(({ id, code, timeZone }): ImportFarm => ({
      id,
      code,
      today: todayIn(timeZone, now),
      mayProvision: rights.may("device.provision", id),
      mayEdit: rights.may("device.edit", id),
    }));
  const farmsById = new Map(farms.map((farm) => [farm.id, farm]));
  const allGroups = await db.deviceGroup.findMany({ select: GROUP });
  const groups = allGroups.filter(({ farmId }) => farmId === null || farmsById.has(farmId));
  const tags = await db.deviceTag.findMany({ select: { id: true, name: true } });
  return {
    mode: job.mode,
    defaultFarm: job.defaultFarmId ? farmsById.get(job.defaultFarmId) : undefined,
    farms: new Map(farms.map((farm) => [farm.code, farm])),
    farmsById,
    groups: byWords(groups),
    tags: new Map(tags.map((tag) => [tag.name.toLowerCase(), tag])),
    names: { groups: new Map(groups.map(({ id, code }) => [id, code])), tags: new Map(tags.map(({ id, name }) => [id, name])) },
  };
}

const GROUP = { id: true, code: true, name: true, farmId: true, deviceType: true, active: true } as const;

function byWords(groups: readonly ImportGroup[]): Map<string, ImportGroup[]> {
  const words = new Map<string, ImportGroup[]>();
  for (const group of groups) {
    for (const word of new Set([group.code.toLowerCase(), group.name.toLowerCase()])) words.set(word, [...(words.get(word) ?? []), group]);
  }
  return words;
}
