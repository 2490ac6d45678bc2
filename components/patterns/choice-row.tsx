import { Button } from "@/components/ui/button";
import { formatCount } from "./format-count";
import { cn } from "@/components/ui/cn";

interface ChoiceRowProps<Value extends string> {
  /** What is chosen: "Time span". */
  label: string;
  options: readonly { value: Value; label: string; count?: number }[];
  value: Value;
  onChange: (value: Value) => void;
  /** Many: on phones they stay in one row that moves sideways. */
  scrolls?: boolean;
}

/** One of a few, all in sight. */
export function ChoiceRow<Value extends string>({ label, options, value, onChange, scrolls = false }: ChoiceRowProps<Value>) {
  return (
    <div role="group" aria-label={label} className={scrolls ? "scroll-row gap-1 sm:flex sm:flex-wrap" : "flex flex-wrap gap-1"}>
      {options.map((option) => (
        <Button
          key={option.value}
          variant="ghost"
          size="sm"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(option.value === value && "bg-accent-soft text-accent hover:bg-accent-soft hover:text-accent")}
        >
          {option.label}
          {option.count === undefined ? null : <span className="font-normal tabular opacity-80">{formatCount(option.count)}</span>}
        </Button>
      ))}
    </div>
  );
}
