"use client";

import { Table2 } from "lucide-react";
import { useState } from "react";
import { formatUptime } from "@/components/devices/format-readings";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import type { RolloutPageView, StageView } from "@/server/services/rollouts/get-rollout";
import { stageFactsOf } from "./rollout-facts";
import { progressInWords, progressOf, segmentsOf } from "./rollout-progress";
import { StageTable } from "./stage-table";
import { StageStateBadge } from "./state-badges";

/** How far each stage is, as bars or as a table. */
export function StagesCard({ rollout }: { rollout: RolloutPageView }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Progress"
        divided
        aside={
          <Button variant="ghost" size="sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            <Table2 aria-hidden />
            As a table
          </Button>
        }
      />
      <div className="border-b px-4 py-3">
        <SegmentedBar label="All devices" segments={segmentsOf(progressOf(rollout.counts))} legend />
      </div>
      {asTable ? (
        <StageTable rollout={rollout} />
      ) : (
        <ol aria-label="Stages" className="divide-y">
          {rollout.stages.map((stage) => (
            <StageItem key={stage.position} rollout={rollout} stage={stage} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function StageItem({ rollout, stage }: { rollout: RolloutPageView; stage: StageView }) {
  const { icon: Icon, tone } = stageFactsOf(rollout.state, stage.state);
  const progress = progressOf(stage.counts);
  return (
    <li
      aria-current={stage.state === "waiting" || stage.state === "done" ? undefined : "step"}
      className="flex items-start gap-3 px-4 py-3"
    >
      <IconTile tone={tone}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold break-words">
            {stage.position + 1}. {stage.name}
          </span>
          <StageStateBadge rollout={rollout.state} state={stage.state} />
        </p>
        <SegmentedBar label={`Devices of ${stage.name}`} segments={segmentsOf(progress)} className="mt-2" />
        <p className="mt-1 text-sm text-ink-2 tabular">{progressInWords(progress)}</p>
        <p className="text-sm text-ink-3 tabular">{gateInWords(stage)}</p>
        <StageTimes stage={stage} />
      </div>
    </li>
  );
}

function StageTimes({ stage: { state, openedAt, soakUntil, approvedAt, approvedBy, doneAt } }: { stage: StageView }) {
  if (openedAt === null) return null;
  return (
    <p className="text-sm text-ink-3">
      Begun <RelativeTime at={openedAt} suffix=" ago" />
      {state === "soaking" && soakUntil ? (
        <>
          {" "}
          · watched, over <RelativeTime at={soakUntil} due="now" />
        </>
      ) : null}
      {approvedAt ? (
        <>
          {" "}
          · approved{approvedBy ? ` by ${approvedBy}` : ""} <RelativeTime at={approvedAt} suffix=" ago" />
        </>
      ) : null}
      {doneAt ? (
        <>
          {" "}
          · done <RelativeTime at={doneAt} suffix=" ago" />
        </>
      ) : null}
    </p>
  );
}

/** What lets the next stage begin, and what stops this one. */
function gateInWords({ successThreshold, failureThreshold, minimumSample, soakMinutes, needsApproval }: StageView): string {
  return [
    `Over when ${successThreshold} % are done`,
    `stops when more than ${failureThreshold} % of at least ${minimumSample} fail`,
    ...(soakMinutes > 0 ? [`then watched for ${formatUptime(soakMinutes * 60)}`] : []),
    ...(needsApproval ? ["then somebody approves"] : []),
  ].join(" · ");
}
