"use client";

import { ArrowRight, Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Stepper } from "./stepper";

interface WizardFrameProps {
  steps: readonly { title: string }[];
  /** Index of the step that is shown; the last one is left by creating. */
  step: number;
  onStepSelect: (index: number) => void;
  onContinue: () => void;
  onCreate: () => void;
  /** On the last step's button: "Create device". */
  createLabel: string;
  isCreating: boolean;
  /** The step looks something up before one may go on. */
  isWaiting?: boolean;
  /** One may not go on from here. */
  isBlocked?: boolean;
  /** Above the step. */
  failure?: string;
  /** The step's fields. */
  children: ReactNode;
  /** Under the buttons. */
  after?: ReactNode;
}

/** Steps one after the other in one form, with ways forward and back. */
export function WizardFrame(props: WizardFrameProps) {
  const { steps, step, onStepSelect, onContinue, onCreate, failure, children, after } = props;
  const isLast = step === steps.length - 1;
  return (
    <>
      <Stepper steps={steps.map(({ title }) => title)} current={step} onStepSelect={onStepSelect} className="mt-5" />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isLast) onCreate();
          else onContinue();
        }}
        className="mt-5 flex flex-col gap-5"
      >
        {failure ? (
          <Callout tone="critical" live>
            {failure}
          </Callout>
        ) : null}
        {children}
        <Navigation {...props} isLast={isLast} />
        {after}
      </form>
    </>
  );
}

function Navigation(props: WizardFrameProps & { isLast: boolean }) {
  const { step, isLast, onStepSelect, createLabel, isCreating, isWaiting = false, isBlocked = false } = props;
  return (
    <div className="flex items-center justify-between gap-3">
      {step > 0 ? (
        <Button size="lg" onClick={() => onStepSelect(step - 1)} disabled={isCreating}>
          Back
        </Button>
      ) : (
        <span />
      )}
      {isLast ? (
        <Button
          key="create"
          type="submit"
          variant="primary"
          size="lg"
          loading={isCreating}
          // The second half of a double click on Continue, which was in this place, creates nothing.
          onClick={(event) => event.detail > 1 && event.preventDefault()}
        >
          <Check aria-hidden />
          {createLabel}
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
