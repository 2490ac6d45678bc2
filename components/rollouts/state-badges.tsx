import { Badge } from "@/components/ui/badge";
import type { RolloutState, StageState, TargetState } from "@/server/domain/rollouts/vocabulary";
import { ROLLOUT_STATE_FACTS, stageFactsOf, TARGET_STATE_FACTS } from "./rollout-facts";

/** Where a rollout stands. */
export function RolloutStateBadge({ state }: { state: RolloutState }) {
  return <FactBadge {...ROLLOUT_STATE_FACTS[state]} />;
}

/** Where a stage of a rollout stands. */
export function StageStateBadge({ rollout, state }: { rollout: RolloutState; state: StageState }) {
  return <FactBadge {...stageFactsOf(rollout, state)} />;
}

/** Where one device stands in a rollout. */
export function TargetStateBadge({
  state,
  progress = null,
}: {
  state: TargetState;
  /** Percent of the download. */ progress?: number | null;
}) {
  const facts = TARGET_STATE_FACTS[state];
  const label = state === "downloading" && progress !== null ? `${facts.label} ${Math.round(progress)} %` : facts.label;
  return <FactBadge {...facts} label={label} />;
}

function FactBadge({ label, tone, icon: Icon }: (typeof ROLLOUT_STATE_FACTS)[RolloutState]) {
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
