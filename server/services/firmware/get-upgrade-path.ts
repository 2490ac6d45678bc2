import { upgradePathSchema } from "@/server/domain/firmware/schema";
import { incompatibility, newestStable, planUpgrade, type Incompatibility, type UpgradePath } from "@/server/domain/firmware/upgrade-path";
import { compareVersions } from "@/server/domain/firmware/version-order";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import { AppError } from "@/server/errors";
import { requireOrganisationPermission } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { findDevice } from "@/server/services/devices/find-device";
import { parseInput } from "@/server/services/parse";

/** A version as a step of a path. */
export interface PathVersionView {
  id: string;
  version: string;
  name: string;
  state: FirmwareState;
  isMandatory: boolean;
  minPreviousVersion: string | null;
}

export interface UpgradePathView {
  /** What the device reports; `null` = nothing yet. */
  current: string | null;
  /** That version in the register; `null` = nobody has entered it. */
  registered: PathVersionView | null;
  target: PathVersionView | null;
  path:
    | UpgradePath<PathVersionView & { manufacturer: string; compatibleModels: string[] }>
    | { kind: "no_target" }
    | { kind: "unfit"; why: Incompatibility };
  /** Stable versions newer than what it runs that it has to take. */
  mandatory: PathVersionView[];
}

/**
 * How a device gets from what it runs to a version, hop by hop where that asks for a minimum previous version
 * (specification Task 1.2). Without a target, to the newest stable version that fits its maker and model.
 * @throws not_found outside the caller's farms and for an unknown target, forbidden
 */
export async function getUpgradePath({ ctx, input }: { ctx: ServiceContext; input: unknown }): Promise<UpgradePathView> {
  requireOrganisationPermission(ctx.actor, "firmware.view");
  const { deviceId, targetId } = parseInput(upgradePathSchema, input);
  const device = await findDevice(ctx.db, ctx.actor, deviceId, "device.read");
  const [state, versions] = await Promise.all([
    ctx.db.deviceState.findUnique({ where: { deviceKey: device.id }, select: { firmwareVersion: true } }),
    ctx.db.firmwareVersion.findMany({
      where: { deviceType: device.type, state: { not: "draft" } },
      select: {
        id: true,
        version: true,
        name: true,
        state: true,
        isMandatory: true,
        minPreviousVersion: true,
        manufacturer: true,
        compatibleModels: true,
      },
    }),
  ]);
  const current = state?.firmwareVersion ?? null;
  const fitting = versions.filter((version) => !incompatibility(version, device));
  const target = targetId ? versions.find(({ id }) => id === targetId) : newestStable(fitting);
  if (targetId && !target) throw new AppError("not_found", "There is no such firmware version for this type of device.");
  const why = target && incompatibility(target, device);
  const newer = fitting.filter(({ version }) => current !== null && compareVersions(version, current) > 0);
  return {
    current,
    registered: toStep(versions.find(({ version }) => version === current)),
    target: toStep(target),
    path: !target ? { kind: "no_target" } : why ? { kind: "unfit", why } : planUpgrade(current, target, fitting),
    mandatory: newer.filter((version) => version.isMandatory && version.state === "stable").flatMap((version) => toStep(version) ?? []),
  };
}

function toStep(version: PathVersionView | undefined): PathVersionView | null {
  if (!version) return null;
  const { id, version: number, name, state, isMandatory, minPreviousVersion } = version;
  return { id, version: number, name, state, isMandatory, minPreviousVersion };
}
