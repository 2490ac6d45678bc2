import { API_SCOPES, type ApiScope } from "@/server/domain/api-keys/scopes";
import { requireAdmin } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

export interface ApiKeyView {
  id: string;
  name: string;
  state: "valid" | "expired" | "revoked" | "owner_disabled";
  owner: string;
  scopes: ApiScope[];
  /** Empty = every farm of its owner. */
  farms: { id: string; name: string }[];
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  /** Beginnings of the secrets that open it now; the newest first. */
  secrets: { prefix: string; createdAt: Date; validUntil: Date | null }[];
}

/** Ended keys are shown for so long, to be looked up. */
const SHOW_ENDED_DAYS = 90;

/** Every API key, the newest first, with nothing that opens anything. Admins only. */
export async function listApiKeys({ ctx }: { ctx: ServiceContext }): Promise<ApiKeyView[]> {
  requireAdmin(ctx.actor);
  const since = new Date(ctx.now.getTime() - SHOW_ENDED_DAYS * 86_400_000);
  const rows = await ctx.db.apiKey.findMany({
    where: {
      AND: [{ OR: [{ revokedAt: null }, { revokedAt: { gt: since } }] }, { OR: [{ expiresAt: null }, { expiresAt: { gt: since } }] }],
    },
    include: {
      owner: { select: { name: true, disabledAt: true } },
      secrets: {
        where: { OR: [{ validUntil: null }, { validUntil: { gt: ctx.now } }] },
        select: { prefix: true, createdAt: true, validUntil: true },
        orderBy: { createdAt: "desc" },
      },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const farmIds = [...new Set(rows.flatMap((row) => row.farmIds))];
  const farms = await ctx.db.farm.findMany({ where: { id: { in: farmIds } }, select: { id: true, name: true }, orderBy: { name: "asc" } });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.revokedAt
      ? "revoked"
      : row.expiresAt && row.expiresAt <= ctx.now
        ? "expired"
        : row.owner.disabledAt
          ? "owner_disabled"
          : "valid",
    owner: row.owner.name,
    scopes: API_SCOPES.filter((scope) => row.scopes.includes(scope)),
    farms: farms.filter(({ id }) => row.farmIds.includes(id)),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedAddress: row.lastUsedAddress,
    secrets: row.secrets,
  }));
}
