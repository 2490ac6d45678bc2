import type { UserActor } from "@/server/actor";
import type { Database } from "@/server/db/client";
import { acknowledgeAlerts } from "@/server/services/alerts/acknowledge-alerts";
import { resolveAlerts } from "@/server/services/alerts/resolve-alerts";
import { decommissionDevice } from "@/server/services/devices/decommission-device";
import { setMaintenance } from "@/server/services/devices/set-maintenance";
import { beatReception } from "@/server/services/health/reception";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { ingestUplinks } from "@/server/services/ingest/ingest-uplinks";
import { actorWith, contextOf, testFarm, testPerson } from "@/server/testing/builders";
import { SCRIPTED_FARMS, type DayEvent, type DayScript, type ScriptedMessage, type ToldDay, type ToldLook } from "./script";
import { tellAlerts, tellLook } from "./tell";

/** What plays a day: the services, on a database of its own. */
interface Stage {
  db: Database;
  script: DayScript;
  manager: UserActor;
}

/** Plays a day to the real services and tells what alerts came of it. */
export async function playDay(db: Database, script: DayScript): Promise<ToldDay> {
  const farmIds = await registerAll(db, script);
  const manager = { ...actorWith("farm_manager", ...farmIds), userId: (await testPerson(db)).id };
  const stage = { db, script, manager };
  const looks: ToldLook[] = [];
  for (const event of script.events) {
    if (event.kind === "look") looks.push(await tellLook(db, event.at, farmIds));
    else await play(stage, event);
  }
  return { alerts: await tellAlerts(db, farmIds), looks };
}

async function play(stage: Stage, event: Exclude<DayEvent, { kind: "look" }>): Promise<unknown> {
  const { db, script, manager } = stage;
  const at = new Date(event.at);
  switch (event.kind) {
    case "beat":
      return beatReception(db, at);
    case "messages": {
      const batch = event.messages.map((message) => toUplink(script, message));
      return ingestUplinks(db, batch, at);
    }
    case "check":
      return sweepHealth(db, at, new Date(event.former));
    case "calibration_overdue":
      return db.device.update({ where: { deviceId: deviceIdOf(script, event.device) }, data: { calibrationStatus: "overdue" } });
    case "maintenance":
      return setMaintenance({
        ctx: contextOf(db, manager, at),
        input: { deviceId: deviceIdOf(script, event.device), maintenance: event.begins },
      });
    case "decommissioned":
      return decommissionDevice({
        ctx: contextOf(db, manager, at),
        input: { deviceId: deviceIdOf(script, event.device), reason: "Trodden on" },
      });
    case "resolved":
    case "acknowledged":
      return handle(stage, event.kind, event.device, at);
  }
}

/** What a person does with whatever is open for a device. */
async function handle({ db, script, manager }: Stage, kind: "resolved" | "acknowledged", device: number, at: Date): Promise<void> {
  const open = await db.alert.findMany({
    where: { device: { deviceId: deviceIdOf(script, device) }, state: { not: "resolved" } },
    select: { id: true },
  });
  if (open.length === 0) return;
  const [ctx, ids] = [contextOf(db, manager, at), open.map((alert) => alert.id)];
  if (kind === "resolved") await resolveAlerts({ ctx, input: { ids, notes: "Looked at it" } });
  else await acknowledgeAlerts({ ctx, input: { ids } });
}

function deviceIdOf(script: DayScript, device: number): string {
  return script.devices[device]?.deviceId ?? "";
}

function toUplink(script: DayScript, { device, receivedAt, content }: ScriptedMessage) {
  const heard = { receivedAt: new Date(receivedAt), bytes: 60 };
  const deviceId = deviceIdOf(script, device);
  switch (content.kind) {
    case "heartbeat":
      return { deviceId, uplink: { ...heard, kind: content.kind, heartbeat: content.reading } };
    case "offline":
      return { deviceId, uplink: { ...heard, kind: content.kind, bootId: content.bootId } };
    case "other":
      return { deviceId, uplink: { ...heard, kind: content.kind } };
  }
}

/** Farms, groups and devices as the script has them. */
async function registerAll(db: Database, { start, devices, groups }: DayScript): Promise<string[]> {
  const farms = await Promise.all(Array.from({ length: SCRIPTED_FARMS }, () => testFarm(db)));
  const farmIds = farms.map((farm) => farm.id);
  const groupIds = groups.map((_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
  await db.deviceGroup.createMany({
    data: groups.map(({ parent, farm, ...group }, index) => ({
      id: groupIds[index],
      name: `Group ${index}`,
      code: `G${index}`,
      farmId: farm === null ? null : farmIds[farm],
      parentId: parent === null ? null : groupIds[parent],
      offlineAlertThreshold: group.offlineAlertThreshold,
      healthCheckIntervalSeconds: group.checkIntervalSeconds,
      active: group.active,
    })),
  });
  const rows = await db.device.createManyAndReturn({
    data: devices.map((device) => ({
      deviceId: device.deviceId,
      name: device.deviceId,
      type: "milk_meter" as const,
      farmId: farmIds[device.farm] ?? "",
      groupId: device.group === null ? null : groupIds[device.group],
      lifecycle: device.lifecycle,
      firstConnectedAt: device.lifecycle === "active" ? new Date(start) : null,
      offlineWindowSeconds: device.offlineWindowSeconds,
      lowBatteryThreshold: device.lowBatteryThreshold,
      healthCheckIntervalSeconds: device.checkIntervalSeconds,
      calibrationStatus: device.isCalibrationOverdue ? ("overdue" as const) : ("not_required" as const),
    })),
    select: { id: true, lifecycle: true },
  });
  await db.deviceState.createMany({
    data: rows.map(({ id, lifecycle }) =>
      lifecycle === "active"
        ? { deviceKey: id, lastSeenAt: new Date(start), connected: true, healthStatus: "healthy" as const }
        : { deviceKey: id },
    ),
  });
  return farmIds;
}
