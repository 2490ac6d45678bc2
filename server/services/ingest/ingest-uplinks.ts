import type { Database, Transaction } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { findingsOf } from "@/server/domain/alerts/conditions";
import { groupBy } from "@/server/domain/group-by";
import { foldUplink, type ReportedState, type Uplink } from "@/server/domain/devices/fold-uplink";
import { addToHour, type HourlySample } from "@/server/domain/health/hourly-sample";
import { recordAudit } from "@/server/services/audit/record-audit";
import { applyResponses, type DeviceResponse } from "@/server/services/commands/apply-responses";
import { announce } from "@/server/services/feed/announce";
import type { UpdateReport } from "@/server/domain/rollouts/fold-reports";
import { applyRefusals } from "@/server/services/rollouts/apply-refusals";
import { applyUpdateReports, reconcileTargets } from "@/server/services/rollouts/reports";
import { judgeDevices } from "@/server/services/health/judge-devices";
import { addSamples, type DeviceSamples } from "./sample-rows";
import { factsOf, lockStates, writeStates, type StateRow } from "./state-rows";

/** A device's state after a batch, and before it. */
interface ChangedRow extends StateRow {
  former: ReportedState;
}

/** One validated message from the broker. */
export interface DeviceUplink {
  deviceId: string;
  uplink: Uplink;
  /** Present on the `response` channel. */
  response?: DeviceResponse;
  /** On the `firmware` channel, and in a heartbeat while an update is under way. */
  update?: UpdateReport;
}

/**
 * Writes a batch of messages in one short transaction with a fixed number of statements: states folded per device
 * and added to the hour's history, first contact activates, command responses settle, watchers are told. When it returns, everything is committed.
 * Messages of unknown or decommissioned devices are dropped (a broker that authenticates lets none through).
 */
export async function ingestUplinks(db: Database, batch: readonly DeviceUplink[], now: Date): Promise<void> {
  const byDevice = groupBy(batch, (message) => message.deviceId);
  await db.$transaction(async (tx) => {
    const rows = await lockStates(tx, [...byDevice.keys()]);
    const changed: ChangedRow[] = [];
    const history: DeviceSamples[] = [];
    for (const row of rows.values()) {
      if (row.lifecycle === "decommissioned") continue;
      const { reported, samples } = foldMessages(row, byDevice.get(row.deviceId) ?? []);
      changed.push({ ...row, reported, former: row.reported });
      history.push({ deviceKey: row.deviceKey, samples });
    }
    if (changed.length === 0) return;
    await writeStates(tx, changed, now);
    await addSamples(tx, history);
    const responses = batch.flatMap((message) => (message.response ? [{ ...message.response, deviceId: message.deviceId }] : []));
    if (responses.length > 0) await applyResponses(tx, responses, now);
    await applyRefusals(tx, responses, now);
    await followUpdates(tx, batch, changed, now);
    await announce(tx, {
      topic: "devices",
      farmIds: [...new Set(changed.map((row) => row.farmId))],
      ids: changed.map((row) => row.deviceId),
    });
    await activate(tx, changed, now);
    await raiseAndEndAlerts(tx, changed, now);
  });
}

/** What devices say of their updates, and what those prove that are done, have restarted or run another version. */
async function followUpdates(tx: Transaction, batch: readonly DeviceUplink[], rows: readonly ChangedRow[], now: Date): Promise<void> {
  await applyUpdateReports(
    tx,
    batch.flatMap(({ deviceId, update }) => (update ? [{ ...update, deviceId }] : [])),
    now,
  );
  const done = new Set(batch.flatMap(({ deviceId, update }) => (update?.state === "completed" ? [deviceId] : [])));
  const proven = rows.filter(
    ({ deviceId, reported, former }) =>
      done.has(deviceId) || reported.bootId !== former.bootId || reported.firmwareVersion !== former.firmwareVersion,
  );
  if (proven.length === 0) return;
  const keys = proven.map((row) => row.deviceKey);
  await reconcileTargets(tx, Prisma.sql`d.id = ANY(${keys}::uuid[])`, now);
}

function foldMessages(row: StateRow, messages: readonly DeviceUplink[]) {
  let { reported } = row;
  const samples = new Map<number, HourlySample>();
  for (const { uplink } of messages) {
    const after = foldUplink(reported, uplink);
    addToHour(samples, uplink, reported, after);
    reported = after;
  }
  return { reported, samples: [...samples.values()] };
}

/**
 * A message that changes what is wrong with its device is reflected at once, not at the next check. It raises no
 * silence, as if nobody had listened: what was stored late, after an outage, would else count as silent.
 */
async function raiseAndEndAlerts(tx: Transaction, rows: readonly ChangedRow[], now: Date): Promise<void> {
  const affected = rows.filter((row) => signature(row, row.former, now) !== signature(row, row.reported, now));
  if (affected.length === 0) return;
  const keys = affected.map((row) => row.deviceKey);
  await judgeDevices(tx, { now, receivingSince: now }, { devices: Prisma.sql`d.id = ANY(${keys}::uuid[])`, counts: false });
}

function signature(row: StateRow, state: ReportedState, now: Date): string {
  return findingsOf(factsOf(row, state), now)
    .map(({ type, severity }) => `${type} ${severity}`)
    .join();
}

/** First authenticated message: provisioned → active (DESIGN 4). Audited as the device's own act. */
async function activate(tx: Transaction, rows: readonly ChangedRow[], now: Date): Promise<void> {
  const fresh = rows.filter((row) => row.lifecycle === "provisioned" && row.reported.lastSeenAt !== null);
  if (fresh.length === 0) return;
  // Loses to a decommissioning or a maintenance that was committed since the row was read.
  const activated = await tx.device.updateManyAndReturn({
    where: { id: { in: fresh.map((row) => row.deviceKey) }, lifecycle: "provisioned" },
    data: { lifecycle: "active", firstConnectedAt: now },
    select: { deviceId: true, farmId: true },
  });
  await recordAudit(
    tx,
    { actor: { kind: "system", label: "Smart Dairy" }, now, requestId: "ingest" },
    activated.map(({ deviceId, farmId }) => ({
      action: "device.activated",
      subjectType: "device" as const,
      subjectId: deviceId,
      farmId,
      actor: { kind: "device" as const, label: deviceId },
    })),
  );
}
