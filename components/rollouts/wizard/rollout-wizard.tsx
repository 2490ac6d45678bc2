"use client";

import { ArrowRight, Check } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef } from "react";
import { FormProvider } from "react-hook-form";
import { BackLink } from "@/components/patterns/back-link";
import { PageHeader } from "@/components/patterns/page-header";
import { Stepper } from "@/components/patterns/stepper";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
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
  const { form, step, goTo, next, submit, failure } = wizard;
  return (
    <div className="mx-auto max-w-5xl lg:mx-0">
      <PageHeader
        title="New rollout"
        subtitle="Nothing happens before the last step, and you see what will."
        back={<BackLink href="/rollouts">Rollouts</BackLink>}
      />
      <Stepper steps={WIZARD_STEPS.map(({ title }) => title)} current={step} onStepSelect={goTo} className="mt-5" />
      <FormProvider {...form}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void (step === STEP.start ? submit() : next());
          }}
          className="mt-5 flex flex-col gap-5"
        >
          {failure ? (
            <Callout tone="critical" live>
              {failure}
            </Callout>
          ) : null}
          <CurrentStep key={step} wizard={wizard} />
          <Navigation wizard={wizard} />
        </form>
      </FormProvider>
    </div>
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
      {step === STEP.stages ? <StagesStep /> : null}
      {step === STEP.rules ? <RulesStep deviceType={wizard.firmware?.deviceType} /> : null}
      {step === STEP.preflight ? <PreflightStep wizard={wizard} /> : null}
      {step === STEP.start ? <StartStep wizard={wizard} /> : null}
    </div>
  );
}

function Navigation({ wizard: { step, goTo, preflight, blockers, isCreating } }: { wizard: RolloutWizardState }) {
  const isWaiting = step === STEP.preflight && preflight.isFetching;
  const isBlocked = step === STEP.preflight && (preflight.isError || blockers.length > 0);
  return (
    <div className="flex items-center justify-between gap-3">
      {step > 0 ? (
        <Button size="lg" onClick={() => goTo(step - 1)} disabled={isCreating}>
          Back
        </Button>
      ) : (
        <span />
      )}
      {step === STEP.start ? (
        <Button
          key="create"
          type="submit"
          variant="primary"
          size="lg"
          loading={isCreating}
          // The second half of a double click on Continue, which was in this place, starts nothing.
          onClick={(event) => event.detail > 1 && event.preventDefault()}
        >
          <Check aria-hidden />
          Create rollout
        </Button>
      ) : (
        <Button key="continue" type="submit" variant="primary" size="lg" loading={isWaiting} disabled={isBlocked && !isWaiting}>
          Continue
          <ArrowRight aria-hidden />
        </Button>
      )}
    </div>
  );
}
