import { z } from "zod";
import type { ImportJob } from "@/server/db/generated/client";
import { inTransaction } from "@/server/db/in-transaction";
import { csvLines } from "@/server/domain/imports/csv-text";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { requireFarmPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { parseInput } from "@/server/services/parse";
import { hashSecret } from "@/server/services/provisioning/secret";
import { openSecrets } from "./import-secrets";
import { requireImport } from "./require-import";
import { CREDENTIALS_KEPT_HOURS } from "./views";

/** A lost answer must not cost a herd its passwords: the same request gets them again for so long. */
const REPEAT_MINUTES = 10;
const COLUMNS = [
  "device_id",
  "name",
  "farm_code",
  "mqtt_host",
  "mqtt_port",
  "mqtt_tls",
  "mqtt_username",
  "mqtt_client_id",
  "mqtt_password",
];

const takeCredentialsSchema = z.object({
  id: z.uuid(),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Expected 256 random bits, base64url"),
});

/**
 * The new devices' access data as CSV, once: only the same request key gets them again, within ten minutes. Only whoever
 * imported them.
 * @throws conflict when they were fetched before, are too old, or there are none
 */
export async function takeCredentials({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<AsyncGenerator<string>> {
  const { id, requestKey } = parseInput(takeCredentialsSchema, input);
  const keyHash = hashSecret(requestKey);
  const job = await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM import_job WHERE id = ${id}::uuid FOR UPDATE`;
    const found = await requireImport(tx, ctx.actor, id);
    for (const farmId of found.farmIds) requireFarmPermission(ctx.actor, farmId, "device.credentials");
    const isMine = ctx.actor.kind === "user" && ctx.actor.userId === found.createdById;
    if (!isMine) throw new AppError("forbidden", "Only whoever imported the devices fetches their passwords. Give them new ones instead.");
    if (found.state !== "done") throw new AppError("conflict", "The passwords are there once the import is through.");
    const refusal = refusalOf(found, keyHash, ctx.now);
    if (refusal) throw new AppError("conflict", `${refusal} Give the devices new passwords instead.`);
    if (found.credentialsTakenAt) return found;
    await tx.importJob.update({ where: { id }, data: { credentialsKeyHash: keyHash, credentialsTakenAt: ctx.now } });
    await recordAudit(
      tx,
      ctx,
      found.farmIds.map((farmId) => ({ action: "import.credentials_fetched", subjectType: "import", subjectId: id, farmId })),
    );
    return found;
  });
  return linesOf(ctx, job);
}

function refusalOf(job: ImportJob, keyHash: Uint8Array, now: Date): string | undefined {
  if (!job.issueCredentials || job.createdCount === 0) return "This import has issued no passwords.";
  const { credentialsTakenAt, credentialsKeyHash, committedAt } = job;
  if (credentialsTakenAt) {
    const isRepeat = credentialsKeyHash !== null && Buffer.from(credentialsKeyHash).equals(keyHash);
    const isFresh = now.getTime() - credentialsTakenAt.getTime() <= REPEAT_MINUTES * 60_000;
    return isRepeat && isFresh ? undefined : "The passwords were downloaded already, and are kept nowhere.";
  }
  const isExpired = now.getTime() - (committedAt?.getTime() ?? 0) > CREDENTIALS_KEPT_HOURS * 3_600_000;
  return isExpired ? `The passwords were not downloaded within ${CREDENTIALS_KEPT_HOURS} hours, and are gone.` : undefined;
}

async function* linesOf(ctx: ServiceContext, { id }: ImportJob): AsyncGenerator<string> {
  const { PUBLIC_MQTT_HOST, PUBLIC_MQTT_PORT, PUBLIC_MQTT_TLS } = env();
  yield csvLines([COLUMNS], { withMark: true });
  let after = -1;
  for (;;) {
    const batch = await ctx.db.importSecret.findFirst({ where: { importId: id, rowNo: { gt: after } }, orderBy: { rowNo: "asc" } });
    if (!batch) return;
    after = batch.rowNo;
    const issued = openSecrets(id, batch.sealed);
    const devices = await ctx.db.device.findMany({
      where: { deviceId: { in: issued.map(({ deviceId }) => deviceId) } },
      select: { deviceId: true, name: true, farm: { select: { code: true } } },
    });
    const known = new Map(devices.map((device) => [device.deviceId, device]));
    yield csvLines(
      issued.map(({ deviceId, password }) => {
        const device = known.get(deviceId);
        const access = [PUBLIC_MQTT_HOST, PUBLIC_MQTT_PORT, String(PUBLIC_MQTT_TLS), deviceId, deviceId, password];
        return [deviceId, device?.name ?? "", device?.farm.code ?? "", ...access];
      }),
    );
  }
}

/** Forgets passwords that were fetched, or that nobody fetched in time. @returns how many batches */
export async function forgetSecrets(db: ServiceContext["db"], now: Date): Promise<number> {
  const taken = new Date(now.getTime() - REPEAT_MINUTES * 60_000);
  const expired = new Date(now.getTime() - CREDENTIALS_KEPT_HOURS * 3_600_000);
  const { count } = await db.importSecret.deleteMany({
    where: { import: { OR: [{ credentialsTakenAt: { lt: taken } }, { committedAt: { lt: expired } }] } },
  });
  return count;
}
