"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { QueryGate } from "@/components/console/query-gate";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { amountOf } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Badge } from "@/components/ui/badge";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { HistoryCard } from "./history-card";
import { ReasonCards } from "./reason-cards";
import { RolloutActions } from "./rollout-actions";
import { RolloutFactsCard } from "./rollout-facts-card";
import { progressOf } from "./rollout-progress";
import { StagesCard } from "./stages-card";
import { Standing } from "./standing";
import { RolloutStateBadge } from "./state-badges";
import { TargetsCard } from "./targets-card";

const CourseCard = dynamic(() => import("./course-card").then((module) => module.CourseCard));

/** One rollout, live: how far it is, what stops it, which devices wait or failed, and what can be done. */
export function RolloutScreen({ rolloutId }: { rolloutId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.rollouts.get.queryOptions({ id: rolloutId }));
  return (
    <QueryGate
      query={query}
      missing={{
        title: "There is no such rollout",
        description: "It does not exist, or none of its devices is on your farms.",
        action: <BackLink href="/rollouts">All rollouts</BackLink>,
      }}
    >
      {(rollout) => <Loaded rollout={rollout} />}
    </QueryGate>
  );
}

function Loaded({ rollout }: { rollout: RolloutPageView }) {
  return (
    <>
      <PageHeader
        back={<BackLink href="/rollouts">Rollouts</BackLink>}
        title={<span className="break-words">{rollout.name}</span>}
        badge={
          <>
            <RolloutStateBadge state={rollout.state} />
            {rollout.kind === "rollback" ? <Badge tone="maintenance">Sends back</Badge> : null}
          </>
        }
        subtitle={<Subject rollout={rollout} />}
        actions={rollout.maySteer ? <RolloutActions rollout={rollout} /> : undefined}
      />
      <Standing rollout={rollout} />
      <Cards rollout={rollout} />
      <TargetsCard rollout={rollout} />
    </>
  );
}

/** More reasons fill the column beside the progress by themselves. */
const MAX_BESIDE = 3;
const COLUMNS = "mt-4 grid items-start gap-4 lg:grid-cols-[3fr_2fr]";
const COLUMN = "flex min-w-0 flex-col gap-4";

/** What there is fills two columns of about the same height; on phones what matters most comes first. */
function Cards({ rollout }: { rollout: RolloutPageView }) {
  const reasons = rollout.failures.length + rollout.held.length + rollout.skipped.length;
  const { done, failed, underWay } = progressOf(rollout.counts);
  const hasCourse = done + failed + underWay > 0;
  const isCrowded = reasons > MAX_BESIDE;
  const rules = <RolloutFactsCard rollout={rollout} />;
  const history = <HistoryCard rollout={rollout} />;
  return (
    <>
      <div className={COLUMNS}>
        <div className={COLUMN}>
          <StagesCard rollout={rollout} />
          {hasCourse ? <CourseCard rollout={rollout} /> : history}
        </div>
        <div className={COLUMN}>
          <ReasonCards rollout={rollout} />
          {isCrowded && hasCourse ? null : rules}
          {hasCourse && reasons === 0 ? history : null}
        </div>
      </div>
      {hasCourse && reasons > 0 ? (
        <div className={isCrowded ? COLUMNS : "mt-4"}>
          {history}
          {isCrowded ? rules : null}
        </div>
      ) : null}
    </>
  );
}

function Subject({ rollout: { firmware, deviceType, farms } }: { rollout: RolloutPageView }) {
  return (
    <>
      {firmware ? (
        <>
          <Link href={`/firmware/${firmware.id}`} className="hit-area text-accent hover:underline">
            <span className="font-mono tracking-tight">{firmware.version}</span> {firmware.name}
          </Link>
          {" · "}
        </>
      ) : (
        "To what each ran before · "
      )}
      {DEVICE_TYPE_FACTS[deviceType].plural} · {amountOf(farms, "farm")}
    </>
  );
}
