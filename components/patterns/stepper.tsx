import { Check } from "lucide-react";
import { cn } from "@/components/ui/cn";

interface StepperProps {
  steps: readonly string[];
  /** Index of the step being worked on; `steps.length` when all are done. */
  current: number;
  /** Lets people go back to a finished step. From a client component only. */
  onStepSelect?: (index: number) => void;
  className?: string;
}

/** Where one is in a sequence. On phones one line: "Step 2 of 4 · Information". */
export function Stepper({ steps, current, onStepSelect, className }: StepperProps) {
  const shown = Math.min(current, steps.length - 1);
  return (
    <nav aria-label="Steps" className={className}>
      <p aria-hidden className="mb-2 text-sm text-ink-2 sm:hidden">
        <span className="tabular">
          Step {shown + 1} of {steps.length}
        </span>
        <span className="font-medium text-ink"> · {steps[shown]}</span>
      </p>
      <ol className="flex gap-2">
        {steps.map((step, index) => (
          <li key={step} aria-current={index === current ? "step" : undefined} className="min-w-0 flex-1">
            <Bar reached={index <= current} />
            <StepLabel
              step={step}
              done={index < current}
              reached={index <= current}
              onSelect={onStepSelect && index < current ? () => onStepSelect(index) : undefined}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Bar({ reached }: { reached: boolean }) {
  return <span aria-hidden className={cn("block h-1 rounded-full", reached ? "bg-accent" : "bg-line-2")} />;
}

function StepLabel({ step, done, reached, onSelect }: { step: string; done: boolean; reached: boolean; onSelect?: () => void }) {
  const content = (
    <>
      <span className="truncate">{step}</span>
      {done ? <Check aria-hidden className="size-3.5 shrink-0 text-accent" /> : null}
      {done ? <span className="sr-only">, done</span> : null}
    </>
  );
  const classes = cn("mt-2 flex max-w-full items-center gap-1.5 text-sm max-sm:sr-only", reached ? "font-medium text-ink" : "text-ink-3");
  return onSelect ? (
    <button type="button" onClick={onSelect} className={cn(classes, "rounded-inner hover:text-accent")}>
      {content}
    </button>
  ) : (
    <span className={classes}>{content}</span>
  );
}
