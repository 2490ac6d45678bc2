import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { RolloutWizard } from "@/components/rollouts/wizard/rollout-wizard";
import { rolloutPolicySchema } from "@/server/domain/rollouts/schema";
import { requireViewer, viewerOf } from "../../viewer";

export const metadata: Metadata = { title: "New rollout" };

export default async function NewRolloutPage() {
  if (!viewerOf(await requireViewer()).canManageRollouts) return <ForbiddenState description="Farm managers and admins start rollouts." />;
  return <RolloutWizard policy={rolloutPolicySchema.parse({})} />;
}
