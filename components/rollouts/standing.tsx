import Link from "next/link";
import type { ReactNode } from "react";
import { formatUptime } from "@/components/devices/format-readings";
import { amountOf } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Callout } from "@/components/ui/callout";
import type { RolloutState } from "@/server/domain/rollouts/vocabulary";
import type { RolloutPageView, StageView } from "@/server/services/rollouts/get-rollout";
import { progressOf } from "./rollout-progress";
import { atWorkInWords, fateInWords } from "./standing-words";

/** How a rollout stands, in a sentence, and what can be done next. */
export function Standing({ rollout }: { rollout: RolloutPageView }) {
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      <State rollout={rollout} />
      {rollout.undoes ? (
        <Callout>
          It sends back what <RolloutLink {...rollout.undoes} /> has updated.
        </Callout>
      ) : null}
      {rollout.undoneBy.map((other) => (
        <Callout key={other.id} tone="maintenance">
          {UNDONE[other.state]} <RolloutLink {...other} />.
        </Callout>
      ))}
    </div>
  );
}

const UNDONE: Record<RolloutState, string> = {
  draft: "Its devices are to be sent back by",
  scheduled: "Its devices are to be sent back by",
  in_progress: "Its devices are being sent back by",
  paused: "Sending its devices back has stopped:",
  completed: "Its devices were sent back by",
  failed: "Sending its devices back has failed:",
  cancelled: "Sending its devices back was cancelled:",
};

function State({ rollout }: { rollout: RolloutPageView }): ReactNode {
  const { state, stopped, stages, currentStage, scheduledAt, startedAt, finishedAt } = rollout;
  const stage = stages[currentStage];
  const fate = fateInWords(progressOf(rollout.counts), rollout.kind);
  switch (state) {
    case "draft":
      return null;
    case "scheduled":
      return (
        <Callout title="Scheduled">
          It begins <RelativeTime at={scheduledAt} due="any moment now" />, {formatMoment(scheduledAt)}. Nothing happens before.
        </Callout>
      );
    case "in_progress":
      return stage ? <InProgress rollout={rollout} stage={stage} /> : null;
    case "paused":
      return <Paused rollout={rollout} />;
    case "completed":
      return (
        <Callout tone="healthy" title="Completed">
          {fate}
          {startedAt && finishedAt ? ` It took ${formatUptime(Math.round((finishedAt.getTime() - startedAt.getTime()) / 1000))}.` : ""}
        </Callout>
      );
    case "failed":
      return (
        <Callout tone="critical" title={stopped ? `Failed: ${lowerFirst(stopped)}` : "Failed"}>
          It is over. {fate}
        </Callout>
      );
    case "cancelled":
      return (
        <Callout tone="unknown" title={stopped ? `Cancelled ${lowerFirst(stopped)}` : "Cancelled"}>
          It is over. {fate}
        </Callout>
      );
  }
}

function InProgress({ rollout, stage }: { rollout: RolloutPageView; stage: StageView }) {
  const { stages, maySteer } = rollout;
  const title = stages.length > 1 ? `Stage ${stage.position + 1} of ${stages.length}, “${stage.name}”,` : `“${stage.name}”`;
  if (stage.state === "awaiting_approval" && stage.approvedAt === null)
    return (
      <Callout tone="warning" title={`${title} waits for approval`}>
        {maySteer
          ? "Its devices are through. Look at them; the next stage begins when somebody approves."
          : "Its devices are through. Somebody who may steer it has to approve before the next stage begins."}
      </Callout>
    );
  if (stage.state === "soaking" && stage.soakUntil)
    return (
      <Callout title={`${title} is being watched`}>
        {stage.position < stages.length - 1 ? "The next stage begins" : "It is over"}{" "}
        <RelativeTime at={stage.soakUntil} due="any moment now" /> if nothing goes wrong until then.
      </Callout>
    );
  const progress = progressOf(stage.counts);
  const isStuck = progress.held > 0 && progress.underWay + progress.waiting === 0;
  return (
    <Callout
      tone={isStuck ? "warning" : "accent"}
      title={isStuck ? `${title} waits for devices that are held back` : `${title} is under way`}
    >
      {isStuck
        ? `${amountOf(progress.held, "device")} go on by themselves when the reason is gone. Devices that nobody should wait for can be left out.`
        : atWorkInWords(progress)}
    </Callout>
  );
}

function Paused({ rollout: { stopped, stoppedItself, maySteer, goBack } }: { rollout: RolloutPageView }) {
  return (
    <Callout tone="warning" title={stopped ? `Paused: ${lowerFirst(stopped)}` : "Paused"}>
      <p>No further device is told.</p>
      {maySteer ? (
        <ul className="mt-1 list-disc pl-5">
          <li>
            <b className="font-medium">Resume</b>:{" "}
            {stoppedItself ? "what failed until now counts as seen, only new failures stop it again." : "it goes on where it stopped."}
          </li>
          {goBack && goBack.devices > 0 ? (
            <li>
              <b className="font-medium">Send back</b>: {amountOf(goBack.devices, "updated device")} return to what they ran before.
            </li>
          ) : null}
          <li>
            <b className="font-medium">Cancel</b>: it is over; nobody else is updated.
          </li>
        </ul>
      ) : null}
    </Callout>
  );
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
