import type { Metadata } from "next";
import { FARM_COOKIE } from "@/components/console/farm-cookie";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { DeviceWizard } from "@/components/provisioning/device-wizard";
import { requireViewer, selectedFarmOf, viewerOf } from "../../viewer";

export const metadata: Metadata = { title: "Add a device" };

export default async function NewDevicePage() {
  const actor = await requireViewer();
  if (!viewerOf(actor).canProvision) return <ForbiddenState />;
  const onlyFarm = actor.scope.everyFarm || actor.scope.roles.size !== 1 ? undefined : [...actor.scope.roles.keys()][0];
  return <DeviceWizard defaultFarmId={(await selectedFarmOf(actor, FARM_COOKIE)) ?? onlyFarm ?? ""} />;
}
