import type { Database, Transaction } from "@/server/db/client";
import type { ServiceContext } from "@/server/services/context";
import { AppError } from "@/server/errors";
import { allowsInOrganisation } from "@/server/services/authorize";
import { countedSql, countsSql, FIRMWARE_COLUMNS, FIRMWARE_TABLES, visibleSql } from "./firmware-sql";
import { toFirmwareView, type FirmwareRow, type FirmwareView } from "./views";

/** One version with its counts, as far as the caller may see it. @throws not_found */
export async function findFirmware(db: Database | Transaction, { actor }: ServiceContext, id: string): Promise<FirmwareView> {
  const [row] = await db.$queryRaw<FirmwareRow[]>`
    WITH ${countsSql(countedSql(actor, []))}
    SELECT ${FIRMWARE_COLUMNS} FROM ${FIRMWARE_TABLES} WHERE f.id = ${id}::uuid AND ${visibleSql(actor)}`;
  if (!row) throw noSuchFirmware();
  return toFirmwareView(row, allowsInOrganisation(actor, "firmware.manage"));
}

export function noSuchFirmware(): AppError {
  return new AppError("not_found", "There is no such firmware version.");
}
