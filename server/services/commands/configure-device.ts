import type { Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { configureDeviceSchema } from "@/server/domain/commands/schema";
import { AppError } from "@/server/errors";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { applyHealthRules } from "@/server/services/health/apply-health-rules";
import { parseInput } from "@/server/services/parse";
import { lockDeviceStates } from "./enqueue-commands";
import { issueCommand, replaceQueued, requireReachable, type IssuedCommand } from "./issue-command";

/**
 * Tells a device how often to report and when its battery is low. The same values become the server's own in the same
 * transaction: it judges by what it has asked for.
 * @throws conflict when the device was edited since `version` was read
 */
export async function configureDevice({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<IssuedCommand> {
  const { deviceId, reportingIntervalSeconds, lowBatteryThreshold, version } = parseInput(configureDeviceSchema, input);
  return inTransaction(ctx.db, async (tx) => {
    const device = await findDevice(tx, ctx.actor, deviceId, "device.command");
    requireReachable(device);
    // The state row first, as ingest takes them: the other way round the two could wait for each other.
    await lockDeviceStates(tx, [device.id]);
    // Loses to an edit that was committed after the form was loaded.
    const { count } = await tx.device.updateMany({
      where: { id: device.id, ...(version === undefined ? {} : { version }) },
      data: { healthCheckIntervalSeconds: reportingIntervalSeconds, version: { increment: 1 } },
    });
    if (count === 0)
      throw new AppError("conflict", "Somebody else has changed this device meanwhile. Reload to see their changes; yours were not saved.");
    if (lowBatteryThreshold !== undefined && lowBatteryThreshold !== device.lowBatteryThreshold)
      await setOwnBatteryThreshold(tx, device.id, lowBatteryThreshold);
    await replaceQueued(tx, device.id, "configure", ctx.now);
    const params = {
      reportIntervalSeconds: reportingIntervalSeconds,
      ...(lowBatteryThreshold === undefined ? {} : { lowBatteryThreshold }),
    };
    return issueCommand(tx, ctx, device, { kind: "configure", params });
  });
}

/** What the device warns at, it is judged by. */
async function setOwnBatteryThreshold(tx: Transaction, deviceKey: string, lowBatteryThreshold: number): Promise<void> {
  await tx.healthRule.upsert({
    where: { deviceKey },
    create: { deviceKey, lowBatteryThreshold },
    update: { lowBatteryThreshold, version: { increment: 1 } },
  });
  await applyHealthRules(tx, Prisma.sql`d.id = ${deviceKey}::uuid`);
}
