import { Prisma } from "@/server/db/generated/client";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { DEVICE_LIFECYCLES } from "@/server/domain/devices/lifecycle";
import type { DeviceSort, SortKey } from "@/server/domain/devices/list-vocabulary";
import { CALIBRATION_STATUSES } from "@/server/domain/devices/vocabulary";
import { fieldError } from "@/server/errors";

type Value = string | number | null;

interface SortColumn {
  sql: Prisma.Sql;
  type: Prisma.Sql;
  nullable?: boolean;
  isValid(value: unknown): value is Value;
}

const isText = (value: unknown): value is string => typeof value === "string" && !value.includes("\0");
const isNumber = (value: unknown): value is number => typeof value === "number" && Math.abs(value) < 2 ** 31;
const isTime = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !isNaN(Date.parse(value));
const isOneOf =
  (values: readonly string[]) =>
  (value: unknown): value is string =>
    values.includes(value as string);

const TEXT = Prisma.sql`text`;
const DATE = { type: Prisma.sql`date`, nullable: true, isValid: isTime };

const COLUMNS: Record<DeviceSort, SortColumn> = {
  deviceId: { sql: Prisma.sql`d.device_id`, type: TEXT, isValid: isText },
  name: { sql: Prisma.sql`d.name`, type: TEXT, isValid: isText },
  type: { sql: Prisma.sql`d.type`, type: Prisma.sql`device_type`, isValid: isOneOf(DEVICE_TYPES) },
  farm: { sql: Prisma.sql`f.name`, type: TEXT, isValid: isText },
  group: { sql: Prisma.sql`g.name`, type: TEXT, nullable: true, isValid: isText },
  location: { sql: Prisma.sql`d.location`, type: TEXT, nullable: true, isValid: isText },
  lifecycle: { sql: Prisma.sql`d.lifecycle`, type: Prisma.sql`device_lifecycle`, isValid: isOneOf(DEVICE_LIFECYCLES) },
  health: { sql: Prisma.sql`s.health_score`, type: Prisma.sql`int`, isValid: isNumber },
  firmware: { sql: Prisma.sql`s.firmware_version`, type: TEXT, nullable: true, isValid: isText },
  battery: { sql: Prisma.sql`s.battery_level`, type: Prisma.sql`real`, nullable: true, isValid: isNumber },
  signal: { sql: Prisma.sql`s.signal_strength`, type: Prisma.sql`int`, nullable: true, isValid: isNumber },
  errors: { sql: Prisma.sql`s.error_count`, type: Prisma.sql`int`, isValid: isNumber },
  lastSeen: { sql: Prisma.sql`s.last_seen_at`, type: Prisma.sql`timestamptz`, nullable: true, isValid: isTime },
  model: { sql: Prisma.sql`d.model`, type: TEXT, isValid: isText },
  calibration: { sql: Prisma.sql`d.calibration_status`, type: Prisma.sql`calibration_status`, isValid: isOneOf(CALIBRATION_STATUSES) },
  maintenance: { sql: Prisma.sql`d.next_maintenance_date`, ...DATE },
};

/** The order made total: the device ID breaks the last tie, so that a page has one place to go on from. */
export function totalOrder(sort: readonly SortKey[]): SortKey[] {
  const unique = sort.filter((key, index) => sort.findIndex((other) => other.by === key.by) === index);
  return unique.some((key) => key.by === "deviceId") ? unique : [...unique, { by: "deviceId", descending: false }];
}

/** What is unknown comes last in either direction: nobody looks for it. */
export function orderSql(order: readonly SortKey[]): Prisma.Sql {
  return Prisma.join(
    order.map(({ by, descending }) => {
      const { sql, nullable } = COLUMNS[by];
      return Prisma.sql`${sql} ${descending ? Prisma.sql`DESC` : Prisma.sql`ASC`}${nullable ? Prisma.sql` NULLS LAST` : Prisma.empty}`;
    }),
  );
}

/** The sort keys of a row, for the cursor: `sort_0`, `sort_1` … */
export function sortKeysSql(order: readonly SortKey[]): Prisma.Sql {
  return Prisma.sql`jsonb_build_array(${Prisma.join(
    order.map(({ by }) => {
      const { sql, type } = COLUMNS[by];
      const isMoment = type.sql === "timestamptz" || type.sql === "date";
      return isMoment ? Prisma.sql`to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : sql;
    }),
  )})`;
}

/** Condition for the rows after a cursor, in any mixture of directions and with nulls last. */
export function afterCursorSql(order: readonly SortKey[], cursor: string): Prisma.Sql {
  const values = decodeCursor(order, cursor);
  const alternatives = order.map((key, index) => {
    const equal = order.slice(0, index).map((former, at) => {
      const { sql, type } = COLUMNS[former.by];
      return Prisma.sql`${sql} IS NOT DISTINCT FROM ${values[at] ?? null}::${type}`;
    });
    return Prisma.join([...equal, beyond(key, values[index] ?? null)], " AND ");
  });
  return Prisma.sql`(${Prisma.join(alternatives, " OR ")})`;
}

function beyond({ by, descending }: SortKey, value: Value): Prisma.Sql {
  const { sql, type, nullable } = COLUMNS[by];
  if (value === null) return Prisma.sql`false`;
  const beyondValue = Prisma.sql`${sql} ${descending ? Prisma.sql`<` : Prisma.sql`>`} ${value}::${type}`;
  return nullable ? Prisma.sql`(${beyondValue} OR ${sql} IS NULL)` : beyondValue;
}

export function encodeCursor(keys: unknown): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

function decodeCursor(order: readonly SortKey[], cursor: string): Value[] {
  const refuse = () => fieldError("invalid_input", "cursor", "This cursor belongs to another order. Start again without one");
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw refuse();
  }
  if (!Array.isArray(values) || values.length !== order.length) throw refuse();
  return values.map((value: unknown, index) => {
    const column = order[index] && COLUMNS[order[index].by];
    if (value === null && column?.nullable) return null;
    if (!column?.isValid(value)) throw refuse();
    return value;
  });
}
