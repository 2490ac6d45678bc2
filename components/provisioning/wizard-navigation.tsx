import { ArrowRight, Check } from "lucide-react";
import { Button } from "@/components/ui/button";
import { REVIEW_STEP } from "./wizard-steps";

interface WizardNavigationProps {
  step: number;
  creating: boolean;
  onBack: () => void;
}

export function WizardNavigation({ step, creating, onBack }: WizardNavigationProps) {
  return (
    <div className="flex items-center justify-between gap-3">
      {step > 0 ? (
        <Button size="lg" onClick={onBack} disabled={creating}>
          Back
        </Button>
      ) : (
        <span />
      )}
      {step === REVIEW_STEP ? (
        <Button
          key="create"
          type="submit"
          variant="primary"
          size="lg"
          loading={creating}
          // The second half of a double click on Continue, which was in this place, confirms nothing.
          onClick={(event) => event.detail > 1 && event.preventDefault()}
        >
          <Check aria-hidden />
          Create device
        </Button>
      ) : (
        <Button key="continue" type="submit" variant="primary" size="lg">
          Continue
          <ArrowRight aria-hidden />
        </Button>
      )}
    </div>
  );
}
