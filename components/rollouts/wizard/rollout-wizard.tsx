"use client";

import { RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { FormProvider } from "react-hook-form";
import { BackLink } from "@/components/patterns/back-link";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { PageHeader } from "@/components/patterns/page-header";
import { WizardFrame } from "@/components/patterns/wizard-frame";
import { Button } from "@/components/ui/button";
import type { RolloutPolicy } from "@/server/domain/rollouts/schema";
import { FirmwareStep } from "./firmware-step";
import { type RolloutWizardState, useRolloutWizard } from "./use-rollout-wizard";
import { STEP, WIZARD_STEPS } from "./wizard-steps";

const LATER_STEPS = {
  devices: () => import("./devices-step"),
  stages: () => import("./stages-step"),
  rules: () => import("./rules-step"),
  preflight: () => import("./preflight-step"),
  start: () => import("./start-step"),
};
const DevicesStep = dynamic(() => LATER_STEPS.devices().then((module) => module.DevicesStep));
const StagesStep = dynamic(() => LATER_STEPS.stages().then((module) => module.StagesStep));
const RulesStep = dynamic(() => LATER_STEPS.rules().then((module) => module.RulesStep));
const PreflightStep = dynamic(() => LATER_STEPS.preflight().then((module) => module.PreflightStep));
const StartStep = dynamic(() => LATER_STEPS.start().then((module) => module.StartStep));

/** From a firmware version to devices that get it in stages, with everything shown before anything happens (DESIGN 7). */
export function RolloutWizard({ policy }: { /** What the rules are when nobody changes them. */ policy: RolloutPolicy }) {
  const wizard = useRolloutWizard(policy);
  const { form, step, goTo, next, submit, failure, preflight, blockers, isCreating } = wizard;
  const isLooking = step === STEP.preflight;
  return (
    <div className="mx-auto max-w-5xl lg:mx-0">
      <PageHeader
        title="New rollout"
        subtitle="Nothing happens before the last step, and you see what will."
        back={<BackLink href="/rollouts">Rollouts</BackLink>}
        actions={<StartAfresh wizard={wizard} />}
      />
      <FormProvider {...form}>
        <WizardFrame
          steps={WIZARD_STEPS}
          step={step}
          onStepSelect={goTo}
          onContinue={() => void next()}
          onCreate={() => void submit()}
          createLabel="Create rollout"
          isCreating={isCreating}
          isWaiting={isLooking && preflight.isFetching}
          isBlocked={isLooking && (preflight.isError || blockers.length > 0)}
          failure={failure}
        >
          <CurrentStep key={step} wizard={wizard} />
        </WizardFrame>
      </FormProvider>
    </div>
  );
}

/** What was entered is kept until somebody says otherwise. */
function StartAfresh({ wizard: { aim, step, startAfresh, isCreating } }: { wizard: RolloutWizardState }) {
  const [isAsking, setAsking] = useState(false);
  if (step === STEP.firmware && !aim.state.firmware && !aim.state.draft) return null;
  return (
    <>
      <Button variant="ghost" disabled={isCreating} onClick={() => setAsking(true)}>
        <RotateCcw aria-hidden />
        Start afresh
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Start afresh?"
        consequence="What you have chosen here is forgotten: firmware, devices, stages and rules. Nothing was sent to any device."
        confirmLabel="Start afresh"
        cancelLabel="Keep it"
        tone="plain"
        onConfirm={startAfresh}
      />
    </>
  );
}

/** Reading begins at the top of each step, for eyes and for ears. */
function CurrentStep({ wizard }: { wizard: RolloutWizardState }) {
  const { step, aim, isAimTried } = wizard;
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The page opens with the focus where the browser puts it.
    if (step === STEP.firmware) return;
    window.scrollTo({ top: 0 });
    group.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <div ref={group} tabIndex={-1} role="group" aria-label={WIZARD_STEPS[step]?.title} className="flex flex-col gap-4 outline-offset-4">
      {step === STEP.firmware ? <FirmwareStep aim={aim} isTried={isAimTried} /> : null}
      {step === STEP.devices ? <DevicesStep aim={aim} isTried={isAimTried} /> : null}
      {step === STEP.stages ? <StagesStep onChoose={wizard.chooseStages} /> : null}
      {step === STEP.rules ? <RulesStep deviceType={wizard.firmware?.deviceType} /> : null}
      {step === STEP.preflight ? <PreflightStep wizard={wizard} /> : null}
      {step === STEP.start ? <StartStep wizard={wizard} /> : null}
    </div>
  );
}
