import { Prisma } from "@/server/db/generated/client";

/** Prisma's codes for a database that cannot be reached, closed the connection, or has no connection free in time. */
const UNAVAILABLE = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
/** What the driver adapter says of the same, for raw statements. */
const UNAVAILABLE_KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** pg's pool has no code for it. */
const POOL_TIMEOUT = "timeout exceeded when trying to connect";

/** Whether a database error says "not now" rather than "never": the same request may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error instanceof Error && error.message.includes(POOL_TIMEOUT);
  const adapterError = error.meta?.driverAdapterError as { cause?: { kind?: string } } | undefined;
  return UNAVAILABLE.has(error.code) || UNAVAILABLE_KINDS.has(adapterError?.cause?.kind ?? "");
}
