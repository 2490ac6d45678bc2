import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { MAX_DEVICE_NUMBER } from "@/server/domain/devices/device-id";
import { DEVICE_TYPE_FACTS, type DeviceType } from "@/server/domain/devices/device-type";
import { MAX_UNUSED_IDS, reserveIdsSchema } from "@/server/domain/devices/id-block";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { requireFarm } from "@/server/services/farms/require-farm";
import { announce } from "@/server/services/feed/announce";
import { parseInput } from "@/server/services/parse";
import { answerOnce } from "@/server/services/provisioning/answer-once";
import { highestDeviceNumber } from "../next-free-device-id";
import { holdDeviceIds } from "./hold-device-ids";
import { blockIdsSql, blockView, readBlocks } from "./list-id-blocks";
import type { IdBlockView } from "./views";

/**
 * Sets a run of new device IDs aside for one farm and type: for labels that are printed before the devices come, or for
 * devices that are registered without a network. Nobody else can register them, and the product proposes others, until
 * they are released. A repeat with the same `requestKey` within ten minutes gets the same block.
 * @throws invalid_input, not_found (farm), forbidden, conflict (too many unused ones, or the numbers are used up)
 */
export async function reserveDeviceIds({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IdBlockView> {
  const { requestKey, farmId, type, count, purpose, note } = parseInput(reserveIdsSchema, input);
  const user = requireFarmPermission(ctx.actor, farmId, "device.provision");
  const { prefix } = DEVICE_TYPE_FACTS[type];
  return inTransaction(ctx.db, (tx) =>
    answerOnce(tx, requestKey, user.userId, async () => {
      await requireFarm(tx, farmId);
      await holdDeviceIds(tx, [prefix], "counting");
      await refuseTooMany(tx, { farmId, type, count });
      const first = (await highestDeviceNumber(tx, prefix)) + 1;
      const last = first + count - 1;
      if (last > MAX_DEVICE_NUMBER) throw new AppError("conflict", `Fewer than ${count} ${prefix} numbers are left.`);
      const { id } = await tx.deviceIdBlock.create({
        data: {
          farmId,
          type,
          prefix,
          firstNumber: first,
          lastNumber: last,
          purpose,
          note,
          reservedById: user.userId,
          reservedAt: ctx.now,
        },
        select: { id: true },
      });
      const [row] = await readBlocks(tx, Prisma.sql`b.id = ${id}::uuid`);
      if (!row) throw new Error("A block that was just written is not there");
      const block = blockView(row, true);
      await announce(tx, { topic: "labels", farmIds: [farmId], ids: [id] });
      await recordAudit(tx, ctx, [
        {
          action: "device_ids.reserved",
          subjectType: "device_id_block",
          subjectId: id,
          farmId,
          after: { type, purpose, firstId: block.firstId, lastId: block.lastId, count, note },
        },
      ]);
      return block;
    }),
  );
}

async function refuseTooMany(tx: Transaction, { farmId, type, count }: { farmId: string; type: DeviceType; count: number }): Promise<void> {
  const [row] = await tx.$queryRaw<{ unused: number }[]>`
    SELECT coalesce(sum(b.last_number - b.first_number + 1
      - (SELECT count(*) FROM device d WHERE d.device_id = ANY(${blockIdsSql(Prisma.sql`b`)}))), 0)::int AS unused
    FROM device_id_block b WHERE b.farm_id = ${farmId}::uuid AND b.type = ${type}::device_type AND b.released_at IS NULL`;
  const unused = row?.unused ?? 0;
  if (unused + count <= MAX_UNUSED_IDS) return;
  throw fieldError(
    "conflict",
    "count",
    `${unused.toLocaleString("en")} reserved IDs of this type are not used yet; ${MAX_UNUSED_IDS.toLocaleString("en")} are the most. Release some first.`,
  );
}
