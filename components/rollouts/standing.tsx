import Link from "next/link";
import type { ReactNode } from "react";
import { amountOf } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Callout } from "@/components/ui/callout";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { progressOf } from "./rollout-progress";

/** How a rollout stands, in a sentence, and what can be done next. */
export function Standing({ rollout }: { rollout: RolloutPageView }) {
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      <State rollout={rollout} />
      {rollout.undoes ? (
        <Callout>
          It undoes <RolloutLink {...rollout.undoes} />.
        </Callout>
      ) : null}
      {rollout.undoneBy.map((other) => (
        <Callout key={other.id} tone="maintenance">
          Its devices are sent back by <RolloutLink {...other} />.
        </Callout>
      ))}
    </div>
  );
}

function State({ rollout }: { rollout: RolloutPageView }): ReactNode {
  const { state, stopped, stoppedItself, maySteer, stages, currentStage, scheduledAt } = rollout;
  const { done } = progressOf(rollout.counts);
  const stage = stages[currentStage];
  switch (state) {
    case "paused":
      return (
        <Callout tone="warning" title={stopped ? `Paused: ${lowerFirst(stopped)}` : "Paused"}>
          <p>No further device is told.</p>
          {maySteer ? (
            <ul className="mt-1 list-disc pl-5">
              <li>
                <b className="font-medium">Resume</b>:{" "}
                {stoppedItself ? "what failed until now counts as seen, only new failures stop it again." : "it goes on where it stopped."}
              </li>
              {done > 0 && rollout.kind === "update" ? (
                <li>
                  <b className="font-medium">Send back</b>:{" "}
                  {done === 1
                    ? "the updated device returns to what it ran before."
                    : `${amountOf(done, "updated device")} return to what they ran before.`}
                </li>
              ) : null}
              <li>
                <b className="font-medium">Cancel</b>: it is over; nobody else is updated.
              </li>
            </ul>
          ) : null}
        </Callout>
      );
    case "failed":
      return (
        <Callout tone="critical" title={stopped ? `Failed: ${lowerFirst(stopped)}` : "Failed"}>
          It is over. What was not updated stays as it is.
        </Callout>
      );
    case "cancelled":
      return (
        <Callout tone="unknown" title="Cancelled">
          {stopped}
        </Callout>
      );
    case "scheduled":
      return (
        <Callout title="Scheduled">
          It begins <RelativeTime at={scheduledAt} due="any moment now" />, {formatMoment(scheduledAt)}. Nothing happens before.
        </Callout>
      );
    case "in_progress":
      if (stage?.state === "awaiting_approval" && stage.approvedAt === null)
        return (
          <Callout tone="warning" title={`“${stage.name}” waits for approval`}>
            {maySteer
              ? "Its devices are through. Look at them; the next stage begins when somebody approves."
              : "Its devices are through. Somebody who may steer it has to approve before the next stage begins."}
          </Callout>
        );
      if (stage?.state === "soaking" && stage.soakUntil)
        return (
          <Callout title={`“${stage.name}” is being watched`}>
            The next stage begins <RelativeTime at={stage.soakUntil} due="any moment now" /> if nothing goes wrong until then.
          </Callout>
        );
      return null;
    case "draft":
    case "completed":
      return null;
  }
}

function RolloutLink({ id, name }: { id: string; name: string }) {
  return (
    <Link href={`/rollouts/${id}`} className="hit-area font-medium underline">
      {name}
    </Link>
  );
}

/** The sentence goes on after a colon. */
function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function formatMoment(at: Date): ReactNode {
  return (
    <span suppressHydrationWarning className="tabular">
      {at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}
    </span>
  );
}
