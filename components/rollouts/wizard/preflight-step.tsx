"use client";

import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { ApiError } from "@/components/console/trpc";
import { formatUptime } from "@/components/devices/format-readings";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { SegmentedBar } from "@/components/patterns/segmented-bar";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { Preflight } from "@/server/services/rollouts/preflight";
import type { RolloutWizardState } from "./use-rollout-wizard";
import { HeldTable, LeftOutTable, StagesTable } from "./verdict-tables";
import { WIZARD_STEPS, stepOfField } from "./wizard-steps";

/** What will happen to which devices and why not to others, before anything is written. */
export function PreflightStep({ wizard }: { wizard: RolloutWizardState }) {
  const { preflight, form, mend } = wizard;
  if (preflight.isError) {
    const error = preflight.error as ApiError;
    const [field] = Object.keys(error.data?.fields ?? {});
    if (!field && error.data?.httpStatus !== 409)
      return <ErrorState onRetry={() => void preflight.refetch()} retrying={preflight.isFetching} />;
    const step = stepOfField(field ?? "firmwareId");
    return (
      <Callout
        tone="critical"
        live
        action={
          <Button size="sm" onClick={() => mend(error)}>
            Go to {WIZARD_STEPS[step]?.title.toLowerCase()}
          </Button>
        }
      >
        {Object.values(error.data?.fields ?? {})[0] ?? error.message}
      </Callout>
    );
  }
  if (!preflight.data)
    return (
      <div aria-busy className="flex flex-col gap-4">
        <LoadingLabel />
        <Skeleton className="h-40 rounded-card" />
        <Skeleton className="h-52 rounded-card" />
      </div>
    );
  const plan = preflight.data;
  return (
    <>
      <Blockers wizard={wizard} />
      <SummaryCard
        plan={plan}
        aside={
          <Button variant="ghost" size="sm" loading={preflight.isFetching} onClick={() => void preflight.refetch()}>
            <RotateCw aria-hidden />
            Look again
          </Button>
        }
      />
      {plan.willUpdate > 0 ? <StagesTable plan={plan} stages={form.getValues("stages")} /> : null}
      {plan.heldNow.length > 0 ? <HeldTable held={plan.heldNow} /> : null}
      {plan.skipped.length > 0 ? <LeftOutTable skipped={plan.skipped} /> : null}
    </>
  );
}

function Blockers({ wizard: { blockers, preflight, goTo, dropEmptyStages } }: { wizard: RolloutWizardState }) {
  const hasEmptyStage = (preflight.data?.willUpdate ?? 0) > 0 && preflight.data?.stages.some(({ count }) => count === 0);
  return blockers.map(({ text, step }, index) => (
    <Callout
      key={text}
      tone="critical"
      live
      action={
        <span className="flex flex-wrap gap-2">
          {hasEmptyStage && index === 0 ? (
            <Button size="sm" onClick={dropEmptyStages}>
              Take empty stages away
            </Button>
          ) : null}
          <Button size="sm" onClick={() => goTo(step)}>
            Go to {WIZARD_STEPS[step]?.title.toLowerCase()}
          </Button>
        </span>
      }
    >
      {text}
    </Callout>
  ));
}

function SummaryCard({ plan, aside }: { plan: Preflight; aside: ReactNode }) {
  const held = plan.heldNow.reduce((sum, { count }) => sum + count, 0);
  const figures: { term: string; value: string; note?: string }[] = [
    { term: "Will be updated", value: `${formatCount(plan.willUpdate)} of ${formatCount(plan.total)}`, note: amountOf(plan.farms, "farm") },
    { term: "Would wait now", value: formatCount(held), note: "they go on by themselves" },
    {
      term: "Takes about",
      value: plan.willUpdate === 0 ? "—" : formatUptime(plan.estimatedMinutes * 60),
      note: "if nobody waits and nothing fails",
    },
    {
      term: "Can be sent back",
      value: plan.willUpdate === 0 ? "—" : `${formatCount(plan.canGoBack)} of ${formatCount(plan.willUpdate)}`,
      note: plan.canGoBack < plan.willUpdate ? "what the others run is not kept here" : "what they run now is kept here",
    },
  ];
  return (
    <Card>
      <CardHeader title="What will happen" aside={aside} divided />
      <CardBody className="flex flex-col gap-4">
        <dl className="grid grid-cols-2 gap-4 lg:grid-cols-4">
          {figures.map(({ term, value, note }) => (
            <div key={term} className="min-w-0">
              <dt className="text-sm text-ink-2">{term}</dt>
              <dd>
                <span className="block text-xl font-semibold tabular">{value}</span>
                <span className="block text-sm text-ink-3">{note}</span>
              </dd>
            </div>
          ))}
        </dl>
        <SegmentedBar
          label="Devices chosen"
          segments={[
            { label: "Will be updated", value: plan.willUpdate - held, tone: "healthy" },
            { label: "Would wait now", value: held, tone: "warning" },
            { label: "Left out", value: plan.total - plan.willUpdate },
          ]}
          legend
        />
      </CardBody>
    </Card>
  );
}
