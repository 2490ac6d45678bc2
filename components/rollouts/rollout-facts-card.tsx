import { type Definition, DefinitionList } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { FAILURE_POLICY_FACTS } from "./rollout-facts";

/** By which rules a rollout goes, who made it, and when what happened. */
export function RolloutFactsCard({ rollout }: { rollout: RolloutPageView }) {
  return (
    <Card>
      <CardHeader title="Rules" divided />
      <CardBody className="pt-4">
        <DefinitionList items={[...rulesOf(rollout), ...timesOf(rollout)]} className="break-words" />
      </CardBody>
    </Card>
  );
}

function rulesOf({ policy, failurePolicy }: RolloutPageView): Definition[] {
  return [
    { term: "Too many fail", value: FAILURE_POLICY_FACTS[failurePolicy].label },
    { term: "At once", value: `${policy.maxInFlight.toLocaleString("en")} devices` },
    {
      term: "Of one group",
      value: policy.maxInFlightGroup === null ? "no limit" : `${policy.maxInFlightGroup.toLocaleString("en")} at once`,
    },
    { term: "Commands", value: policy.ratePerMinute === null ? "no limit" : `${policy.ratePerMinute.toLocaleString("en")} a minute` },
    ...(policy.forceUpdate
      ? [{ term: "Gates", value: `Overridden${policy.forceReason ? `: ${policy.forceReason}` : ""}` }]
      : [
          { term: "Battery", value: policy.minBatteryLevel === 0 ? "any" : `${policy.minBatteryLevel} % or more` },
          { term: "Signal", value: policy.minSignal === null ? "any" : `${String(policy.minSignal).replace("-", "\u2212")} dBm or better` },
          { term: "Milking", value: policy.respectMilking ? `never, nor ${policy.milkingMargin} min before` : "not looked at" },
        ]),
  ];
}

function timesOf({ createdBy, createdAt, scheduledAt, startedAt, finishedAt }: RolloutPageView): Definition[] {
  return [
    {
      term: "Created",
      value: (
        <>
          <RelativeTime at={createdAt} suffix=" ago" />
          {createdBy ? ` by ${createdBy}` : ""}
        </>
      ),
    },
    startedAt
      ? { term: "Started", value: <RelativeTime at={startedAt} suffix=" ago" /> }
      : { term: "Starts", value: <RelativeTime at={scheduledAt} due="now" /> },
    ...(finishedAt ? [{ term: "Ended", value: <RelativeTime at={finishedAt} suffix=" ago" /> }] : []),
  ];
}
