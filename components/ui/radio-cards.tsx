"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { type ReactNode, type Ref, useId } from "react";
import { cn } from "./cn";
import { FieldError } from "./field";

export interface RadioCardItem<Value extends string> {
  value: Value;
  title: string;
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface RadioCardsProps<Value extends string> {
  /** Said, not shown, unless `showLegend`. */
  legend: string;
  showLegend?: boolean;
  items: readonly RadioCardItem<Value>[];
  value?: Value | null;
  onValueChange?: (value: Value) => void;
  name?: string;
  error?: ReactNode;
  /** Grid columns; default two on phones, four on desktops. */
  className?: string;
  ref?: Ref<HTMLDivElement>;
}

/** One choice among big cards: device types, import modes. Arrow keys move, the whole card is the target. */
export function RadioCards<Value extends string>({ legend, showLegend, items, value, onValueChange, name, error, className, ref }: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2">
      <span id={`${id}-legend`} className={showLegend ? "font-medium" : "sr-only"}>
        {legend}
      </span>
      <RadioGroup
        ref={ref}
        name={name}
        value={value ?? null}
        onValueChange={(next) => onValueChange?.(next as Value)}
        aria-labelledby={`${id}-legend`}
        aria-describedby={error ? `${id}-error` : undefined}
        aria-invalid={error ? true : undefined}
        className={cn("grid grid-cols-2 gap-2.5 md:grid-cols-3 lg:grid-cols-4", className)}
      >
        {items.map((item) => (
          <RadioCard key={item.value} item={item} />
        ))}
      </RadioGroup>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

function RadioCard<Value extends string>({ item }: { item: RadioCardItem<Value> }) {
  const id = useId();
  return (
    <Radio.Root
      value={item.value}
      disabled={item.disabled}
      aria-labelledby={`${id}-title`}
      aria-describedby={item.description ? `${id}-text` : undefined}
      className={cn(
        "panel flex min-h-24 cursor-pointer flex-col items-start gap-3 p-3.5 text-left transition-[border-color,box-shadow] duration-100",
        "hover:border-line-3 data-checked:border-accent data-checked:ring-1 data-checked:ring-accent data-checked:ring-inset",
        "data-disabled:cursor-not-allowed data-disabled:opacity-50",
      )}
    >
      {item.icon ? <span className="text-ink-2 in-data-checked:text-accent [&_svg]:size-5.5">{item.icon}</span> : null}
      <span className="min-w-0">
        <span id={`${id}-title`} className="block font-semibold">
          {item.title}
        </span>
        {item.description ? (
          <span id={`${id}-text`} className="block text-sm text-ink-2">
            {item.description}
          </span>
        ) : null}
      </span>
    </Radio.Root>
  );
}
