import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

interface ChoiceRowProps<Value extends string> {
  /** What is chosen: "Time span". */
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function ChoiceRow<Value extends string>({ label, options, value, onChange }: ChoiceRowProps<Value>) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
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
        </Button>
      ))}
    </div>
  );
}
