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
        <Button type="submit" variant="primary" size="lg" loading={creating}>
          <Check aria-hidden />
          Create device
        </Button>
      ) : (
        <Button type="submit" variant="primary" size="lg">
          Continue
          <ArrowRight aria-hidden />
        </Button>
      )}
    </div>
  );
}
