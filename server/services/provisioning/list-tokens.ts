import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { DeviceType } from "@/server/domain/devices/device-type";
import { listTokensSchema } from "@/server/domain/provisioning/schema";
import { tokenState, type TokenState } from "@/server/domain/provisioning/token-state";
import { allows, farmFilter } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";

/** A token as the list shows it; nothing in it opens anything. */
export interface TokenView {
  id: string;
  state: TokenState;
  farm: { id: string; name: string };
  /** The registered device it is for, or `null` for any device of `deviceType`. */
  device: { deviceId: string; name: string } | null;
  deviceType: DeviceType | null;
  note: string | null;
  batchId: string | null;
  issuedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  /** Device ID that came of it. */
  usedBy: string | null;
  revokedAt: Date | null;
  /** Whether the caller may revoke it, as long as it is open. */
  revocable: boolean;
}

export interface TokenPage {
  tokens: TokenView[];
  /** Tokens that match the filters. */
  total: number;
  /** Tokens on the caller's farms at all, so that "none match" differs from "none yet". */
  issued: number;
  page: number;
  pageSize: number;
}

/** One page of the provisioning tokens on the caller's farms, the newest first. */
export async function listTokens({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<TokenPage> {
  const { farmIds, states, batchId, page, pageSize } = parseInput(listTokensSchema, input);
  const mine = farmFilter(ctx.actor, "device.read");
  const where: Prisma.ProvisioningTokenWhereInput = {
    AND: [mine, farmIds.length > 0 ? { farmId: { in: farmIds } } : {}, batchId ? { batchId } : {}, stateFilter(states, ctx.now)],
  };
  const [rows, total, issued] = await Promise.all([
    ctx.db.provisioningToken.findMany({
      where,
      omit: { tokenHash: true, wordsHash: true },
      include: { farm: { select: { id: true, name: true } }, device: { select: { deviceId: true, name: true } } },
      orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    ctx.db.provisioningToken.count({ where }),
    ctx.db.provisioningToken.count({ where: mine }),
  ]);
  const names = await namesOf(
    ctx.db,
    rows.flatMap(({ issuedById }) => issuedById ?? []),
  );
  const tokens = rows.map(({ issuedById, deviceKey: _, farmId, ...token }): TokenView => {
    const mayProvision = allows(ctx.actor, farmId, "device.provision");
    const state = tokenState(token, ctx.now);
    return { ...token, state, issuedBy: names.get(issuedById ?? "") ?? null, revocable: mayProvision && state === "open" };
  });
  return { tokens, total, issued, page, pageSize };
}

function stateFilter(states: readonly TokenState[], now: Date): Prisma.ProvisioningTokenWhereInput {
  if (states.length === 0) return {};
  const filters: Record<TokenState, Prisma.ProvisioningTokenWhereInput> = {
    used: { usedAt: { not: null } },
    revoked: { usedAt: null, revokedAt: { not: null } },
    expired: { usedAt: null, revokedAt: null, expiresAt: { lte: now } },
    open: { usedAt: null, revokedAt: null, expiresAt: { gt: now } },
  };
  return { OR: states.map((state) => filters[state]) };
}

async function namesOf(db: Database, userIds: string[]): Promise<Map<string, string>> {
  const people = await db.user.findMany({ where: { id: { in: [...new Set(userIds)] } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
