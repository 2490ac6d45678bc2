import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { ExistingDevice } from "@/server/domain/imports/device-values";

/**
 * Devices as imports see them.
 * @param where over `d` (device)
 * @param lock keeps them as they are until the transaction ends
 */
export function findDevices(db: Database | Transaction, where: Prisma.Sql, { lock = false } = {}): Promise<ExistingDevice[]> {
  return db.$queryRaw<ExistingDevice[]>`
    SELECT d.id, d.device_id, d.version, d.lifecycle::text AS lifecycle, d.name, d.type::text AS type, d.farm_id, d.manufacturer, d.model,
      d.serial_number, d.mac_address, d.location, d.group_id, d.power_source::text AS power_source,
      d.connection_type::text AS connection_type, d.last_calibration_date::text AS last_calibration_date, d.calibration_certificate,
      d.calibration_deviation, d.calibration_interval_days, d.next_maintenance_date::text AS next_maintenance_date, d.maintenance_notes,
      coalesce((SELECT array_agg(r."B"::text ORDER BY r."B") FROM "_device_tag_rel" r WHERE r."A" = d.id), '{}') AS tag_ids
    FROM device d WHERE ${where} ORDER BY d.id ${lock ? Prisma.sql`FOR UPDATE OF d` : Prisma.empty}`;
}

interface IdentityOwner {
  id: string;
  device_id: string;
  farm_id: string;
  mac_address: string | null;
  /** See {@link serialKeyOf}. */
  serial_key: string | null;
}

const SEPARATOR = "\u001f";

/** Maker and serial number as one text: a serial number is unique for its maker. */
export function serialKeyOf(manufacturer: string, serialNumber: string): string {
  return `${manufacturer}${SEPARATOR}${serialNumber}`;
}

/** Who has these MAC addresses and serial numbers, among devices in service. Two look-ups by unique index. */
export function findOwners(db: Database | Transaction, macs: readonly string[], serialKeys: readonly string[]): Promise<IdentityOwner[]> {
  const serials = serialKeys.map((key) => key.split(SEPARATOR) as [string, string]);
  return db.$queryRaw<IdentityOwner[]>`
    SELECT id, device_id, farm_id, mac_address, NULL AS serial_key FROM device
    WHERE mac_address = ANY(${[...macs]}::text[]) AND lifecycle <> 'decommissioned'
    UNION ALL
    SELECT d.id, d.device_id, d.farm_id, NULL, wanted.maker || ${SEPARATOR} || wanted.serial
    FROM unnest(${serials.map(([maker]) => maker)}::text[], ${serials.map(([, serial]) => serial)}::text[]) AS wanted(maker, serial)
    JOIN device d ON d.manufacturer = wanted.maker AND d.serial_number = wanted.serial AND d.lifecycle <> 'decommissioned'`;
}
