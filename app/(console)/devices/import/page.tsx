import type { Metadata } from "next";
import { ImportStartScreen } from "@/components/imports/import-start-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { requireViewer, viewerOf } from "../../viewer";

export const metadata: Metadata = { title: "Import devices" };

export default async function ImportPage() {
  const actor = await requireViewer();
  if (!viewerOf(actor).canProvision) return <ForbiddenState description="Whoever registers devices on a farm imports them." />;
  const onlyFarm = actor.scope.everyFarm || actor.scope.roles.size !== 1 ? undefined : [...actor.scope.roles.keys()][0];
  return <ImportStartScreen onlyFarmId={onlyFarm ?? null} />;
}
