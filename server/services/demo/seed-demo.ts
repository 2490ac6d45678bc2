import { randomUUID } from "node:crypto";
import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import type { ConnectionType, PowerSource } from "@/server/domain/devices/vocabulary";
import { recordAudit } from "@/server/services/audit/record-audit";
import { refreshCalibration } from "@/server/services/maintenance/refresh-calibration";
import { preparePerson } from "@/server/services/people/create-person";
import { hashSecret, newSecret } from "@/server/services/provisioning/secret";
import { seedFirmware } from "./seed-firmware";
import { seedGroups } from "./seed-groups";
import { seedNotificationRules } from "./seed-notification-rules";
import { SAMPLE_INTERVALS, sampleDates, sampleRecords } from "./sample-maintenance";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { sweepHealth } from "@/server/services/health/sweep-health";
import { refreshBatteryOutlooks } from "@/server/services/overview/refresh-battery-outlooks";
import { addSampleHistory } from "./sample-history";
import { addSampleTrends, sampleCharges } from "./sample-trends";
import { SAMPLE_FARMS, SAMPLE_MILKING_SESSIONS, SAMPLE_PASSWORD, SAMPLE_PEOPLE, SAMPLE_SERIES } from "./sample-herd";

/** What the simulated herd needs to connect. */
export interface SampleCredentials {
  deviceId: string;
  type: DeviceType;
  password: string;
  /** As registered, so that what a device reports fits its page. */
  powerSource: PowerSource | undefined;
  connectionType: ConnectionType | undefined;
  /** Where its battery stands, so that its curve goes on; percent. */
  batteryPercent: number | undefined;
  manufacturer: string | undefined;
  model: string | undefined;
}

interface SampleDevice {
  row: Prisma.DeviceCreateManyInput & { id: string };
  password: string;
}

/** Radio that carries far hears well below what Wi-Fi needs, and a collar on the pasture is silent by nature. */
const SAMPLE_HEALTH_RULES = [
  { deviceType: "collar", offlineWindowSeconds: 7_200, weakSignalThreshold: -118 },
  { deviceType: "temperature", weakSignalThreshold: -112 },
] as const;

/** Left without a simulated counterpart, so that the demo also shows what is not well. */
const NEVER_CONNECTED = "EN004";
const IN_MAINTENANCE = "FD003";
const SILENT = "TS002";
const SILENT_HOURS = 5;
const IN_MAINTENANCE_HOURS = 20;

/**
 * Fills an empty database with sample farms, people, devices and firmware.
 * @param dataFolder where the firmware files go
 * @returns the credentials for the simulated herd, or `undefined` when there are people already
 */
export async function seedDemo(db: Database, now: Date, dataFolder: string): Promise<SampleCredentials[] | undefined> {
  if ((await db.user.count()) > 0) return undefined;
  const people = SAMPLE_PEOPLE.map(preparePersonOn);
  const herd = await db.$transaction(
    async (tx) => {
      const farmIds = await createFarms(tx);
      for (const prepare of people) await (await prepare(farmIds)).create(tx);
      const devices = sampleDevices(farmIds, now);
      await tx.device.createMany({ data: devices.map((device) => device.row) });
      await tx.deviceState.createMany({ data: devices.map((device) => sampleState(device.row, now)) });
      const silentHours = { [SILENT]: SILENT_HOURS, [IN_MAINTENANCE]: IN_MAINTENANCE_HOURS };
      await addSampleHistory(tx, { now, neverConnected: [NEVER_CONNECTED], silentHours });
      await addSampleTrends(tx, now);
      const charges = await sampleCharges(tx);
      await tx.deviceCredential.createMany({
        data: devices.map(({ row, password }) => ({ deviceKey: row.id, secretHash: hashSecret(password), issuedAt: now })),
      });
      await seedGroups(tx, farmIds);
      await seedNotificationRules(tx, new Date(now.getTime() - SILENT_HOURS * 3_600_000));
      await tx.calibrationInterval.createMany({ data: [...SAMPLE_INTERVALS] });
      await tx.healthRule.createMany({ data: [...SAMPLE_HEALTH_RULES] });
      await applyHealthRules(tx, Prisma.sql`true`);
      const units = devices.map((device) => device.row);
      await tx.maintenanceRecord.createMany({ data: sampleRecords(units, todayIn(SAMPLE_FARMS[0].timeZone, now), now) });
      await refreshCalibration(tx, now);
      const { id: adminId } = await tx.user.findFirstOrThrow({ where: { isAdmin: true }, select: { id: true } });
      await seedFirmware(tx, { now, adminId, dataFolder });
      await recordAudit(
        tx,
        { actor: { kind: "system", label: "Demo" }, now, requestId: "demo" },
        devices.map(({ row }) => ({
          action: "device.provisioned",
          subjectType: "device",
          subjectId: row.deviceId,
          farmId: row.farmId,
          after: { name: row.name, type: row.type, method: "csv_import" },
        })),
      );
      const silent = [NEVER_CONNECTED, IN_MAINTENANCE, SILENT];
      return devices
        .filter(({ row }) => !silent.includes(row.deviceId))
        .map(({ row, password }) => ({
          deviceId: row.deviceId,
          type: row.type,
          password,
          powerSource: row.powerSource,
          connectionType: row.connectionType ?? undefined,
          batteryPercent: charges.get(row.deviceId),
          manufacturer: row.manufacturer ?? undefined,
          model: row.model ?? undefined,
        }));
    },
    { timeout: 60_000 },
  );
  // What the health check would have found in the hours before.
  for (let hoursAgo = SILENT_HOURS - 1; hoursAgo >= 0; hoursAgo--) await sweepHealth(db, new Date(now.getTime() - hoursAgo * 3_600_000));
  await refreshBatteryOutlooks(db, now);
  return herd;
}

async function createFarms(tx: Transaction): Promise<Map<string, string>> {
  const farms = await tx.farm.createManyAndReturn({ data: SAMPLE_FARMS.map((farm) => ({ ...farm })), select: { id: true, code: true } });
  await tx.milkingSession.createMany({
    data: farms.flatMap(({ id }) => SAMPLE_MILKING_SESSIONS.map((session) => ({ ...session, farmId: id }))),
  });
  return new Map(farms.map(({ id, code }) => [code, id]));
}

function preparePersonOn(person: (typeof SAMPLE_PEOPLE)[number]) {
  return (farmIds: Map<string, string>) =>
    preparePerson({
      ...person,
      password: SAMPLE_PASSWORD,
      memberships: person.memberships.map(({ farm, role }) => ({ farmId: farmIds.get(farm) ?? "", role })),
    });
}

function sampleDevices(farmIds: Map<string, string>, now: Date): SampleDevice[] {
  const numbers = new Map<DeviceType, number>();
  return SAMPLE_SERIES.flatMap((series) =>
    Array.from({ length: series.count }, (_, index): SampleDevice => {
      const number = (numbers.get(series.type) ?? 0) + 1;
      numbers.set(series.type, number);
      const deviceId = DEVICE_TYPE_FACTS[series.type].prefix + String(number).padStart(3, "0");
      return {
        password: newSecret(),
        row: {
          id: randomUUID(),
          deviceId,
          name: series.name(index + 1),
          type: series.type,
          farmId: farmIds.get(series.farm) ?? "",
          location: series.location,
          manufacturer: series.manufacturer,
          model: series.model,
          serialNumber: `${series.model}-${String(10_000 + number * 37).padStart(6, "0")}`,
          powerSource: series.powerSource,
          connectionType: series.connectionType,
          provisioningMethod: "csv_import",
          provisionedAt: now,
          ...sampleDates(deviceId, series.type, todayIn(SAMPLE_FARMS[0].timeZone, now)),
          ...lifecycleOf(deviceId, now),
        },
      };
    }),
  );
}

function lifecycleOf(deviceId: string, now: Date) {
  if (deviceId === IN_MAINTENANCE)
    return { lifecycle: "maintenance" as const, firstConnectedAt: now, maintenanceNotes: "Auger is being replaced" };
  if (deviceId === SILENT) return { lifecycle: "active" as const, firstConnectedAt: hoursBefore(now, SILENT_HOURS) };
  return { lifecycle: "provisioned" as const };
}

function sampleState(row: SampleDevice["row"], now: Date): Prisma.DeviceStateCreateManyInput {
  if (row.deviceId !== SILENT) return { deviceKey: row.id };
  return {
    deviceKey: row.id,
    lastSeenAt: hoursBefore(now, SILENT_HOURS),
    firmwareVersion: "1.8.2",
    signalStrength: -71,
    signalQuality: "poor",
    batteryLevel: 88,
    healthStatus: "critical",
    healthScore: 40,
    needsAttention: true,
  };
}

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
