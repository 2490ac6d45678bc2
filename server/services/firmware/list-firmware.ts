import { Prisma } from "@/server/db/generated/client";
import { DEVICE_TYPES, type DeviceType } from "@/server/domain/devices/device-type";
import { listFirmwareSchema, type ListFirmwareInput } from "@/server/domain/firmware/schema";
import { fieldError } from "@/server/errors";
import { allowsInOrganisation, requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { countedSql, countsSql, FIRMWARE_COLUMNS, FIRMWARE_TABLES, visibleSql } from "./firmware-sql";
import { toFirmwareView, type FirmwareRow, type FirmwareView } from "./views";

export interface FirmwarePage {
  versions: FirmwareView[];
  nextCursor: string | null;
}

/**
 * Firmware versions by type, of each type the newest first (specification 7.2, `GET /firmware/versions`). Devices are
 * counted on the caller's farms only. One statement.
 * @throws forbidden for whoever has no farm
 */
export async function listFirmware({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<FirmwarePage> {
  requireOrganisationPermission(ctx.actor, "firmware.view");
  const { cursor, pageSize, farmIds, ...filter } = parseInput(listFirmwareSchema, input);
  const after = cursor ? afterSql(cursor) : Prisma.sql`true`;
  const rows = await ctx.db.$queryRaw<FirmwareRow[]>`
    WITH ${countsSql(countedSql(ctx.actor, farmIds))}
    SELECT ${FIRMWARE_COLUMNS} FROM ${FIRMWARE_TABLES}
    WHERE ${visibleSql(ctx.actor)} AND ${filterSql(filter)} AND ${after}
    ORDER BY f.device_type, f.version_key COLLATE "C" DESC LIMIT ${pageSize + 1}`;
  const mayManage = allowsInOrganisation(ctx.actor, "firmware.manage");
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    versions: shown.map((row) => toFirmwareView(row, mayManage)),
    nextCursor: rows.length > pageSize && last ? encodeCursor(last) : null,
  };
}

function filterSql({ types, states, search }: Pick<ListFirmwareInput, "types" | "states" | "search">): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    types.length > 0 && Prisma.sql`f.device_type = ANY(${types}::text[]::device_type[])`,
    states.length > 0 && Prisma.sql`f.state = ANY(${states}::text[]::firmware_state[])`,
    ...search.split(/\s+/).filter(Boolean).map(containsWord),
  ].filter((condition) => condition instanceof Prisma.Sql);
  return Prisma.join(conditions, " AND ");
}

function containsWord(word: string): Prisma.Sql {
  const pattern = `%${word.replaceAll("\0", "").replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(f.name ILIKE ${pattern} OR f.version ILIKE ${pattern} OR f.manufacturer ILIKE ${pattern}
    OR array_to_string(f.compatible_models, ', ') ILIKE ${pattern})`;
}

function encodeCursor({ deviceType, versionKey }: FirmwareRow): string {
  return Buffer.from(JSON.stringify([deviceType, versionKey])).toString("base64url");
}

function afterSql(cursor: string): Prisma.Sql {
  const [type, key] = decodeCursor(cursor);
  return Prisma.sql`(f.device_type > ${type}::device_type OR (f.device_type = ${type}::device_type AND f.version_key COLLATE "C" < ${key}))`;
}

function decodeCursor(cursor: string): [DeviceType, string] {
  try {
    const [type, key] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    if (DEVICE_TYPES.includes(type as DeviceType) && typeof key === "string" && /^[ -~]*$/.test(key)) return [type as DeviceType, key];
  } catch {
    // Said below.
  }
  throw fieldError("invalid_input", "cursor", "Not a cursor of this list; begin again at its first page.");
}
